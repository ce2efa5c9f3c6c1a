package weft.kafka.service;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import weft.core.model.ModelName;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;

/// Which versions the models topic holds, without their contents.
public final class PublishedVersions {
    /// How the models topic is read: by the MiB, the usual fetch, a long history would take long.
    public static final Map<String, String> READING = Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "32",
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(8 << 20),
            ConsumerConfig.RECEIVE_BUFFER_CONFIG, Integer.toString(1 << 20));

    private static final Duration POLL = Duration.ofMillis(500);

    private PublishedVersions() {}

    /// One version that is there.
    ///
    /// @param key of its record, which an earlier release made without the version
    /// @param at when it was published
    /// @param bytes of the record's value
    /// @param epochEnd whether it ends an epoch
    /// @param offset of its record
    public record Published(
            String key, ModelName model, long version, Instant at, int bytes, boolean epochEnd, long offset) {}

    /// Reads the topic once, to where it ends now.
    ///
    /// @return in the order of publication, one for each key; records that are no versions are passed over
    public static List<Published> read(KafkaConnection kafka, Topics topics) {
        Map<String, Published> byKey = new LinkedHashMap<>();
        toEnd(kafka, topics.models(), record -> {
            byKey.remove(String.valueOf(record.key()));
            of(record).ifPresent(one -> byKey.put(one.key(), one));
        });
        return List.copyOf(byKey.values());
    }

    /// The versions of all runs of a model's family.
    ///
    /// @throws UserError where none of them is the model's
    public static List<Published> required(KafkaConnection kafka, Topics topics, ModelName model) {
        List<Published> all = read(kafka, topics);
        if (all.stream().noneMatch(one -> one.model().equals(model))) {
            String known = all.stream()
                    .map(one -> one.model().toString())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new UserError("no version of model " + model + " is on " + topics.models() + ", "
                    + (known.isEmpty() ? "nor of any other" : "only of " + known));
        }
        return all.stream()
                .filter(one -> one.model().family().equals(model.family()))
                .toList();
    }

    /// The value of a version's record.
    ///
    /// @throws UserError where it has gone meanwhile
    public static byte[] value(KafkaConnection kafka, Topics topics, Published version) {
        TopicPartition partition = new TopicPartition(topics.models(), 0);
        try (var consumer = kafka.briefConsumer(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1"))) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, version.offset());
            LogEnd end = LogEnd.now(kafka, consumer, List.of(partition));
            while (!end.reached()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() == version.offset() && record.value() != null) {
                        return record.value();
                    }
                    throw new UserError(version.key() + " has just been deleted from " + topics.models());
                }
            }
        }
        throw new UserError(version.key() + " has just been deleted from " + topics.models());
    }

    /// What a record of the models topic holds; empty where that is no version.
    public static Optional<Published> of(ConsumerRecord<String, byte[]> record) {
        Optional<SnapshotKey> key = SnapshotKey.read(record.key());
        if (key.isEmpty() || record.value() == null) {
            return Optional.empty();
        }
        OptionalLong named = key.get().version();
        OptionalLong version = named.isPresent() ? named : SnapshotCodec.version(record.value());
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(new Published(
                        record.key(),
                        key.get().model(),
                        version.getAsLong(),
                        Instant.ofEpochMilli(record.timestamp()),
                        record.value().length,
                        record.headers().lastHeader(ImageHeaders.EPOCH_END) != null,
                        record.offset()));
    }

    /// Refuses a topic that does not exist.
    ///
    /// @throws UserError that names it
    public static void refuseMissing(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, String topic) {
        try {
            KafkaConnection.partitions(consumer, topic);
        } catch (UnknownTopicOrPartitionException missing) {
            throw new UserError("topic " + topic + " does not exist (--prefix)", missing);
        }
    }

    static void toEnd(KafkaConnection kafka, String topic, Consumer<ConsumerRecord<String, byte[]>> visitor) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = kafka.briefConsumer(READING)) {
            refuseMissing(consumer, topic);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            LogEnd end = LogEnd.now(kafka, consumer, List.of(partition));
            while (!end.reached()) {
                consumer.poll(POLL).forEach(visitor);
            }
        }
    }
}
