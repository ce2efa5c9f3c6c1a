package weft.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import weft.kafka.service.KafkaConnection;

/// Reads what is committed.
final class TopicReader {
    private TopicReader() {}

    /// Waits until so many records have come to a topic; reads each of them once.
    static void await(KafkaConnection kafka, String topic, long records, Duration patience) {
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            consumer.assign(KafkaConnection.partitions(consumer, topic));
            consumer.seekToBeginning(consumer.assignment());
            long[] come = {0};
            Awaitility.await(records + " records on " + topic).atMost(patience).until(() -> {
                come[0] += consumer.poll(Duration.ofMillis(200)).count();
                return come[0] >= records;
            });
        }
    }

    /// Everything that is on a topic now, partition by partition.
    static List<ConsumerRecord<String, byte[]>> read(KafkaConnection kafka, String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
