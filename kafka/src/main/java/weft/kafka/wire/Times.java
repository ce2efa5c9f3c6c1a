package weft.kafka.wire;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/// Writes times as records carry them: ISO 8601 in UTC, always with three digits of a second's fraction.
///
/// [Instant#toString] leaves the fraction out at a whole second, and readers with a fixed pattern stumble.
public final class Times {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Times() {}

    /// For example `2026-11-23T16:31:13.000Z`.
    public static String text(Instant time) {
        return MILLIS.format(time);
    }
}
