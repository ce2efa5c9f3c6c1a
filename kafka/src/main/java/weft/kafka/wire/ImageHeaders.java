package weft.kafka.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// The header names of the images topic; every value is UTF-8 text.
public final class ImageHeaders {
    public static final String SPLIT = "split";
    public static final String LABEL = "label";
    public static final String EPOCH = "epoch";
    public static final String CONTENT_TYPE = "content-type";

    /// Names the replay that sent the image, so that a replay that was cut finds its place again.
    public static final String REPLAY = "replay";

    /// On the last image of an epoch in a partition: trainers close their mini-batch there and publish.
    public static final String EPOCH_END = "epoch-end";

    /// When what the image shows took place, as ISO 8601; without it, when the record was written. It stands apart
    /// from the record's timestamp, by which Kafka decides what is old enough to delete.
    public static final String EVENT_TIME = "event-time";

    /// What a replay did to the image on purpose, `rotate:12.5`; none where it is as it was.
    public static final String DRIFT = "drift";

    private ImageHeaders() {}

    /// The event time that the header tells, if there is one.
    ///
    /// @throws IllegalArgumentException where it holds no time
    static Optional<Instant> eventTime(Headers headers) {
        return Optional.ofNullable(text(headers, EVENT_TIME)).map(Times::parse);
    }

    /// The text of the last header of a name; null where there is none.
    public static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
