package weft.kafka.service;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Finds the last committed record of a partition. It may stand well before the partition's end, which also counts
/// the marks of transactions and what they took back.
public final class LastRecord {
    private static final int FIRST_LOOK = 1_000;
    private static final Duration POLL = Duration.ofMillis(500);

    private LastRecord() {}

    /// Looks further and further back: it is the very last one, nearly always.
    ///
    /// @param consumer of the end; it is assigned to the partition
    /// @param wanted which records count
    public static <V> Optional<ConsumerRecord<String, V>> find(
            Consumer<String, V> consumer,
            TopicPartition partition,
            LogEnd end,
            Predicate<ConsumerRecord<String, V>> wanted) {
        consumer.assign(List.of(partition));
        long begin = Objects.requireNonNull(
                consumer.beginningOffsets(List.of(partition)).get(partition));
        long until = end.of(partition);
        long look = FIRST_LOOK;
        while (until > begin) {
            long from = Math.max(begin, until - look);
            Optional<ConsumerRecord<String, V>> last = Optional.empty();
            consumer.seek(partition, from);
            while (!end.reached(partition, until)) {
                for (ConsumerRecord<String, V> record : consumer.poll(POLL)) {
                    if (record.offset() < until && wanted.test(record)) {
                        last = Optional.of(record);
                    }
                }
            }
            if (last.isPresent()) {
                return last;
            }
            until = from;
            look *= 4;
        }
        return Optional.empty();
    }
}
