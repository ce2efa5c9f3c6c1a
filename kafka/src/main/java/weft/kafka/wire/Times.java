package weft.kafka.wire;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// Writes times as records carry them: ISO 8601 in UTC, always with three digits of a second's fraction.
///
/// [Instant#toString] leaves the fraction out at a whole second, and readers with a fixed pattern stumble.
public final class Times {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    /// More than any form of it has.
    private static final int LONGEST = 64;

    private Times() {}

    /// Reads a time of ISO 8601, in UTC or with an offset.
    ///
    /// @throws IllegalArgumentException that says in one line why it is none
    public static Instant parse(String text) {
        try {
            if (text.length() <= LONGEST) {
                Instant time = instant(text);
                if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
                    return time;
                }
            }
        } catch (DateTimeParseException none) {
            throw new IllegalArgumentException(refusal(text), none);
        }
        throw new IllegalArgumentException(refusal(text));
    }

    private static String refusal(String text) {
        return "a time is as 2026-11-23T16:31:13.000Z, not " + Digits.shown(text);
    }

    /// The same without a bound.
    ///
    /// @throws DateTimeParseException where it is no time
    public static Instant instant(String text) {
        Instant usual = UsualTime.parse(text);
        return usual == null ? Instant.parse(text) : usual;
    }

    /// For example `2026-11-23T16:31:13.000Z`.
    public static String text(Instant time) {
        return time.isBefore(FIRST) || time.isAfter(LAST) ? MILLIS.format(time) : UsualTime.text(time);
    }
}
