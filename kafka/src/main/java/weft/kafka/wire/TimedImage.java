package weft.kafka.wire;

import java.time.Instant;
import java.util.Optional;
import weft.core.image.Image;

/// An image with the event time of its header.
///
/// @param told empty where the record has no such header
public record TimedImage(Image image, Optional<Instant> told) {
    /// When what the image shows took place; else when its record was written.
    ///
    /// @param timestamp of the record, milliseconds since the epoch
    public Instant eventTime(long timestamp) {
        return told.orElseGet(() -> Instant.ofEpochMilli(timestamp));
    }
}
