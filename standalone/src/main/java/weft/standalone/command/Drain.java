package weft.standalone.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LastRecord;
import weft.kafka.service.LogEnd;
import weft.kafka.wire.Topics;

/// Waits until everything that is on the images topic now has been trained on and scored.
final class Drain {
    private static final long LOOK_EVERY_MILLIS = 50;

    private Drain() {}

    /// Looks at the committed offsets of every group until they have passed the topic's last records. What other
    /// programs have in open transactions is waited for.
    static void await(KafkaConnection kafka, Topics topics, List<String> models) throws InterruptedException {
        List<String> groups = new ArrayList<>();
        models.forEach(model -> groups.add(topics.trainerGroup(model)));
        groups.add(topics.scorerApplication());
        Map<TopicPartition, Long> ends = ends(kafka, topics.images());
        try (Admin admin = kafka.admin()) {
            while (!groups.isEmpty()) {
                if (reached(admin, groups.getFirst(), begins(admin, ends), ends)) {
                    groups.removeFirst();
                } else {
                    Thread.sleep(LOOK_EVERY_MILLIS);
                }
            }
        } catch (ExecutionException fault) {
            throw new IllegalStateException("offsets cannot be read: " + fault.getMessage(), fault);
        }
    }

    /// The offsets behind the last records. Nobody commits the ends themselves where a transaction's mark is last.
    private static Map<TopicPartition, Long> ends(KafkaConnection kafka, String topic) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        Consumer<String, byte[]> consumer = kafka.briefConsumer(Map.of());
        try {
            List<TopicPartition> partitions = KafkaConnection.partitions(consumer, topic);
            LogEnd end = LogEnd.now(kafka, consumer, partitions);
            for (TopicPartition partition : partitions) {
                LastRecord.find(consumer, partition, end, _ -> true)
                        .ifPresent(last -> ends.put(partition, last.offset() + 1));
            }
            return ends;
        } finally {
            consumer.close(KafkaConnection.promptly());
        }
    }

    /// Where the partitions begin now: what was deleted unread is waited for in vain.
    private static Map<TopicPartition, Long> begins(Admin admin, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> begins = new HashMap<>();
        admin.listOffsets(ends.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.earliest())))
                .all()
                .get()
                .forEach((partition, begin) -> begins.put(partition, begin.offset()));
        return begins;
    }

    private static boolean reached(
            Admin admin, String group, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata offset = committed.get(end.getKey());
            return begins.getOrDefault(end.getKey(), 0L) >= end.getValue()
                    || (offset != null && offset.offset() >= end.getValue());
        });
    }
}
