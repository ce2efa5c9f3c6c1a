package weft.evaluation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import weft.core.service.KafkaConnection;

/// Reads a topic from its beginning to where it ends now, committed records alone.
final class Log {
    private static final Duration POLL = Duration.ofMillis(500);

    private Log() {}

    static void read(KafkaConnection kafka, String topic, Consumer<ConsumerRecord<String, byte[]>> visitor) {
        try (org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer =
                kafka.consumer(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(
                            partition -> consumer.position(partition) < Objects.requireNonNull(ends.get(partition)))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    visitor.accept(record);
                }
            }
        }
    }
}
