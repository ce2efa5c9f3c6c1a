package weft.scorer.topology;

import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/// Keeps the tasks of a scorer from taking records until it is over; Kafka holds the images meanwhile.
///
/// The tasks themselves ask for it, once they could begin. A scorer that was paused before its start would only then
/// begin to restore its state.
public final class Hold {
    private @Nullable KafkaStreams streams;
    private boolean over;

    /// Whom it keeps back.
    public synchronized void of(KafkaStreams scorer) {
        streams = scorer;
    }

    /// Called by a task that could begin with its first record.
    synchronized void keep() {
        if (!over && streams != null) {
            streams.pause();
        }
    }

    /// Lets the tasks begin, now and later.
    public synchronized void end() {
        over = true;
        if (streams != null) {
            streams.resume();
        }
    }
}
