package weft.kafka.service;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Consumer;
import weft.core.image.Dataset;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.Topics;

/// What every service gets from the command that starts it.
///
/// @param dataset what all images of the stream have in common
/// @param snapshots reads and writes those of the families that the command knows
/// @param onFailure called with the reason where a service ended before it was closed
public record ServiceContext(
        KafkaConnection kafka,
        Topics topics,
        Dataset dataset,
        SnapshotCodec snapshots,
        MeterRegistry meters,
        Clock clock,
        Consumer<Throwable> onFailure) {
    /// The same with another listener to failures.
    public ServiceContext failingTo(Consumer<Throwable> listener) {
        return new ServiceContext(kafka, topics, dataset, snapshots, meters, clock, listener);
    }
}
