package weft.testing;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Kafka's mock, fed from the topics of a [MemoryKafka] from wherever it stands.
final class MemoryConsumer<V> extends MockConsumer<String, V> {
    private static final long LONGEST_WAIT_MILLIS = 20;

    private final MemoryKafka kafka;
    private final Deserializer<V> values;
    private final int most;

    MemoryConsumer(MemoryKafka kafka, Deserializer<V> values, int most) {
        super("earliest");
        this.kafka = kafka;
        this.values = values;
        this.most = most;
        kafka.partitions().stream()
                .collect(Collectors.groupingBy(PartitionInfo::topic))
                .forEach(this::updatePartitions);
        tellOffsets();
    }

    private void tellOffsets() {
        Map<TopicPartition, Long> begins = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (PartitionInfo info : kafka.partitions()) {
            TopicPartition partition = new TopicPartition(info.topic(), info.partition());
            begins.put(partition, 0L);
            ends.put(partition, kafka.end(partition));
        }
        updateBeginningOffsets(begins);
        updateEndOffsets(ends);
    }

    // Waiting must not keep a wake-up out, so the lock is held for the reading alone.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public ConsumerRecords<String, V> poll(Duration timeout) {
        feed();
        ConsumerRecords<String, V> records = super.poll(Duration.ZERO);
        if (records.isEmpty() && !timeout.isZero()) {
            try {
                kafka.await(Math.min(timeout.toMillis(), LONGEST_WAIT_MILLIS));
            } catch (InterruptedException stop) {
                throw new InterruptException(stop);
            }
        }
        return records;
    }

    private synchronized void feed() {
        tellOffsets();
        int room = most;
        for (TopicPartition partition : assignment()) {
            for (var record : kafka.from(partition, position(partition), room)) {
                addRecord(read(record));
                room--;
            }
        }
    }

    private ConsumerRecord<String, V> read(ConsumerRecord<@Nullable String, byte @Nullable []> record) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                record.value() == null ? null : values.deserialize(record.topic(), record.headers(), record.value()),
                record.headers(),
                record.leaderEpoch());
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        tellOffsets();
        return super.endOffsets(partitions);
    }
}
