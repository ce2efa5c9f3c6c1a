package weft.trainer;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;
import weft.trainer.proto.Checkpoint;

/// Finds the newest committed checkpoint of a model, and refuses to go on from one that does not fit.
final class CheckpointStore {
    private final KafkaConnection kafka;
    private final Topics topics;
    private final String model;

    CheckpointStore(KafkaConnection kafka, Topics topics, String model) {
        this.kafka = kafka;
        this.topics = topics;
        this.model = model;
    }

    /// Reads the checkpoints topic to its end, however long it is (compaction is lazy), and waits for the
    /// transactions that are open there: an older checkpoint must never be taken for the newest.
    ///
    /// @param imagesTopic id of the topic that the training is to go on with
    /// @throws UserError where the newest one cannot be read, or is of another topic's images
    Optional<Checkpoint> newest(String imagesTopic) {
        TopicPartition partition = new TopicPartition(topics.checkpoints(), 0);
        byte[] newest = null;
        // One at a time would be slow, many at a time large: a few of the largest.
        Map<String, String> settings = Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "4");
        try (Consumer<String, byte[]> consumer = kafka.briefConsumer(settings)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            LogEnd end = LogEnd.now(kafka, consumer, List.of(partition));
            while (!end.reached()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    if (model.equals(record.key())) {
                        newest = record.value();
                    }
                }
            }
        }
        if (newest == null) {
            return Optional.empty();
        }
        try {
            Checkpoint checkpoint = Checkpoint.parseFrom(newest);
            refuseOther(checkpoint.getImagesTopic(), imagesTopic);
            return Optional.of(checkpoint);
        } catch (InvalidProtocolBufferException fault) {
            throw new UserError(
                    "the checkpoint of model " + model + " on " + topics.checkpoints() + " cannot be read: "
                            + fault.getMessage(),
                    fault);
        }
    }

    /// The offsets of one topic say nothing of another, though it has the same name.
    private void refuseOther(String learntFrom, String now) {
        if (!learntFrom.isEmpty() && !learntFrom.equals(now)) {
            throw new UserError("model " + model + " was trained on another topic " + topics.images()
                    + ", which was deleted and made again since (id " + learntFrom + ", now " + now
                    + "): choose another --run, --prefix or --dir, or delete " + topics.models() + " and "
                    + topics.checkpoints() + " as well, to train anew");
        }
    }

    /// Checkpoint and offsets are committed as one: who finds less than the offsets say has lost the checkpoint.
    ///
    /// @param committed of the model's group
    /// @param through what the checkpoint says
    void refuseOlder(Map<TopicPartition, OffsetAndMetadata> committed, Map<Integer, Long> through) {
        committed.forEach((partition, offset) -> {
            long found = through.getOrDefault(partition.partition(), 0L);
            if (offset != null && offset.offset() > found) {
                throw new UserError("the training of model " + model + " is committed up to offset " + offset.offset()
                        + " of " + partition + ", but its newest checkpoint on " + topics.checkpoints() + " says "
                        + found + ": it would start again from something older (restore the topic, or choose"
                        + " another --prefix)");
            }
        });
    }
}
