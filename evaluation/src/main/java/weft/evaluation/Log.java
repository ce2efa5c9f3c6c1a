package weft.evaluation;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.UserError;

/// The committed records of a topic from its beginning to where it ended when the log was opened, or to given places:
/// whoever reads it twice sees the same records.
final class Log implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
    private final Set<TopicPartition> partitions;
    private final LogEnd ends;

    private Log(org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer, LogEnd ends) {
        this.consumer = consumer;
        this.ends = ends;
        partitions = ends.partitions();
        consumer.assign(partitions);
    }

    static Log open(KafkaConnection kafka, String topic) {
        org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer = consumer(kafka);
        try {
            return new Log(consumer, LogEnd.now(kafka, consumer, KafkaConnection.partitions(consumer, topic)));
        } catch (UnknownTopicOrPartitionException missing) {
            consumer.close(KafkaConnection.promptly());
            throw new UserError("topic " + topic + " does not exist: nothing to evaluate (--prefix)", missing);
        } catch (RuntimeException fault) {
            consumer.close(KafkaConnection.promptly());
            throw fault;
        }
    }

    /// The records before these offsets.
    static Log before(KafkaConnection kafka, Map<TopicPartition, Long> ends) {
        org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer = consumer(kafka);
        try {
            return new Log(consumer, LogEnd.at(consumer, ends));
        } catch (RuntimeException fault) {
            consumer.close(KafkaConnection.promptly());
            throw fault;
        }
    }

    private static org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer(KafkaConnection kafka) {
        return kafka.briefConsumer(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"));
    }

    static void read(KafkaConnection kafka, String topic, Consumer<ConsumerRecord<String, byte[]>> visitor) {
        try (Log log = open(kafka, topic)) {
            log.read(visitor);
        }
    }

    /// Reads from the beginning to the end.
    void read(Consumer<ConsumerRecord<String, byte[]>> visitor) {
        consumer.seekToBeginning(partitions);
        while (!ends.reached()) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                long end = end(partition);
                for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
                    if (record.offset() < end) {
                        visitor.accept(record);
                    }
                }
            }
        }
    }

    /// Goes on beyond the end with what comes after it, until that is enough.
    void follow(Consumer<ConsumerRecord<String, byte[]>> visitor, BooleanSupplier enough, Duration patience) {
        partitions.forEach(partition -> consumer.seek(partition, end(partition)));
        long start = System.nanoTime();
        while (!enough.getAsBoolean() && System.nanoTime() - start < patience.toNanos()) {
            consumer.poll(POLL).forEach(visitor);
        }
    }

    private long end(TopicPartition partition) {
        return ends.of(partition);
    }

    @Override
    public void close() {
        consumer.close(KafkaConnection.promptly());
    }
}
