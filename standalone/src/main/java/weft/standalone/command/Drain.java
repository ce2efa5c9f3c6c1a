package weft.standalone.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.Topics;

/// Waits until everything that is on the images topic now has been trained on and scored.
final class Drain {
    private static final long LOOK_EVERY_MILLIS = 200;

    private Drain() {}

    /// Looks at the committed offsets of every group until they have reached the topic's ends, or until
    /// `stopped`.
    static void await(KafkaConnection kafka, Topics topics, List<String> models, BooleanSupplier stopped)
            throws InterruptedException {
        List<String> groups = new ArrayList<>();
        models.forEach(model -> groups.add(topics.trainerGroup(model)));
        groups.add(topics.scorerApplication());
        try (Admin admin = kafka.admin()) {
            Map<TopicPartition, Long> ends = ends(admin, topics.images());
            while (!groups.isEmpty() && !stopped.getAsBoolean()) {
                if (reached(admin, groups.getFirst(), ends)) {
                    groups.removeFirst();
                } else {
                    Thread.sleep(LOOK_EVERY_MILLIS);
                }
            }
        } catch (ExecutionException fault) {
            throw new IllegalStateException("offsets cannot be read: " + fault.getMessage(), fault);
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                .flatMap(description -> description.partitions().stream()
                        .map(info -> new TopicPartition(description.name(), info.partition())))
                .toList();
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static boolean reached(Admin admin, String group, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata offset = committed.get(end.getKey());
            return end.getValue() == 0 || (offset != null && offset.offset() >= end.getValue());
        });
    }
}
