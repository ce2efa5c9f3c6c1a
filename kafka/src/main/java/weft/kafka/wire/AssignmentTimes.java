package weft.kafka.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/// When an image was due and when it was scored, read from one record of the assignments topic.
public record AssignmentTimes(Instant eventTime, Instant scoredAt) {
    private static final byte[] HEAD = ascii("{\"imageId\":");
    private static final byte[] EVENT_TIME = ascii(",\"eventTime\":\"");
    private static final byte[] SCORED_AT = ascii("\",\"scoredAt\":\"");
    private static final byte[] END = ascii("\"}");

    /// Of a time as [Times#text] writes it.
    private static final int TIME = 24;

    private static final int TAIL = EVENT_TIME.length + TIME + SCORED_AT.length + TIME + END.length;

    /// Reads them where [AssignmentJson] puts them, at the record's end; a record of another writer is parsed whole,
    /// which takes ten times as long.
    ///
    /// @throws IllegalArgumentException where it is no assignment
    public static AssignmentTimes of(byte[] value) {
        int eventTime = value.length - TAIL + EVENT_TIME.length;
        int scoredAt = eventTime + TIME + SCORED_AT.length;
        if (holds(value, 0, HEAD)
                && holds(value, eventTime - EVENT_TIME.length, EVENT_TIME)
                && holds(value, scoredAt - SCORED_AT.length, SCORED_AT)
                && holds(value, scoredAt + TIME, END)) {
            try {
                return new AssignmentTimes(time(value, eventTime), time(value, scoredAt));
            } catch (DateTimeException fault) {
                throw new IllegalArgumentException("not an assignment: " + fault.getMessage(), fault);
            }
        }
        AssignmentEvent event = AssignmentEvent.fromJson(value);
        return new AssignmentTimes(event.eventTime(), event.scoredAt());
    }

    private static boolean holds(byte[] value, int at, byte[] text) {
        return at >= 0
                && at + text.length <= value.length
                && Arrays.equals(value, at, at + text.length, text, 0, text.length);
    }

    private static Instant time(byte[] value, int at) {
        return Times.instant(new String(value, at, TIME, StandardCharsets.ISO_8859_1));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
