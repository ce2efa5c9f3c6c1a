package weft.standalone.command;

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

/// Waits until everything that is on the images topic has been trained on and scored.
final class Drain {
    /// No group is faster, in images a millisecond: so the end is met within [#SHORTEST_REST] though looks are rare
    /// before.
    private static final long FASTEST = 40;

    private static final long SHORTEST_REST = 50;
    private static final long LONGEST_REST = 1_000;

    private final KafkaConnection kafka;
    private final Map<TopicPartition, Long> ends;

    private Drain(KafkaConnection kafka, Map<TopicPartition, Long> ends) {
        this.kafka = kafka;
        this.ends = ends;
    }

    /// Of what is on the images topic now; what other programs have in open transactions is waited for.
    static Drain now(KafkaConnection kafka, Topics topics) {
        return new Drain(kafka, ends(kafka, topics.images()));
    }

    /// Looks at the committed offsets of every group until they have passed the topic's last records.
    void await(List<String> groups) throws InterruptedException {
        try (Admin admin = kafka.admin()) {
            for (String group : groups) {
                long missing = missing(admin, group);
                while (missing > 0) {
                    Thread.sleep(Math.clamp(missing / FASTEST, SHORTEST_REST, LONGEST_REST));
                    missing = missing(admin, group);
                }
            }
        } catch (ExecutionException fault) {
            throw unreadable(fault);
        }
    }

    /// Whether no group has more than so many records before it.
    boolean near(List<String> groups, long records) throws InterruptedException {
        try (Admin admin = kafka.admin()) {
            for (String group : groups) {
                if (missing(admin, group) > records) {
                    return false;
                }
            }
            return true;
        } catch (ExecutionException fault) {
            throw unreadable(fault);
        }
    }

    private static IllegalStateException unreadable(ExecutionException fault) {
        return new IllegalStateException("offsets cannot be read: " + fault.getMessage(), fault);
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
    private Map<TopicPartition, Long> begins(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> begins = new HashMap<>();
        admin.listOffsets(ends.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.earliest())))
                .all()
                .get()
                .forEach((partition, begin) -> begins.put(partition, begin.offset()));
        return begins;
    }

    /// How many records the group has not committed yet.
    private long missing(Admin admin, String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> begins = begins(admin);
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        long missing = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata offset = committed.get(end.getKey());
            long from = Math.max(begins.getOrDefault(end.getKey(), 0L), offset == null ? 0 : offset.offset());
            missing += Math.max(0, end.getValue() - from);
        }
        return missing;
    }
}
