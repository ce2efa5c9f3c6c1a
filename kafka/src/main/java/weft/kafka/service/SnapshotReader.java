package weft.kafka.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import weft.core.model.Snapshot;
import weft.kafka.service.PublishedVersions.Published;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.InvalidSnapshotException.Reason;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.SnapshotKey;

/// Reads versions of the models topic again, each by its offset.
public final class SnapshotReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A snapshot that was read again.
    ///
    /// @param bytes that it has on the topic
    public record Loaded(Snapshot snapshot, int bytes) {}

    private final KafkaConnection kafka;
    private @Nullable Consumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private final SnapshotCodec codec;

    /// Makes a client when there is something to read.
    ///
    /// @param partition of the models topic
    public SnapshotReader(KafkaConnection kafka, TopicPartition partition, SnapshotCodec codec) {
        this.partition = partition;
        this.codec = codec;
        this.kafka = kafka;
    }

    /// Made when there is something to read: mostly it is in memory.
    private Consumer<String, byte[]> reading() {
        Consumer<String, byte[]> made = consumer;
        if (made == null) {
            made = kafka.briefConsumer(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1"));
            consumer = made;
            made.assign(List.of(partition));
        }
        return made;
    }

    /// The snapshot of a version; empty where it has gone meanwhile.
    ///
    /// @throws InvalidSnapshotException where it is none
    public Optional<Loaded> read(Published version) throws InvalidSnapshotException {
        Consumer<String, byte[]> reading = reading();
        reading.seek(partition, version.offset());
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            for (ConsumerRecord<String, byte[]> record : reading.poll(POLL)) {
                return record.offset() == version.offset() && record.value() != null
                        ? Optional.of(decode(version, record.value()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Loaded decode(Published version, byte[] value) throws InvalidSnapshotException {
        Snapshot snapshot = codec.decode(value);
        if (!SnapshotKey.of(version.model(), version.version())
                .fits(snapshot.model().name(), snapshot.version())) {
            throw new InvalidSnapshotException(
                    Reason.MALFORMED,
                    version.key() + " holds model " + snapshot.model().name() + ", version " + snapshot.version());
        }
        return new Loaded(snapshot, value.length);
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(KafkaConnection.promptly());
        }
    }
}
