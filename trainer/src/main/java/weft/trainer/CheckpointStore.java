package weft.trainer;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;
import weft.trainer.proto.Checkpoint;

/// Finds the newest committed checkpoint of a model.
final class CheckpointStore {
    private CheckpointStore() {}

    /// Reads the checkpoints topic to its end, however long it is (compaction is lazy), and waits for the
    /// transactions that are open there: an older checkpoint must never be taken for the newest.
    ///
    /// @throws UserError where the newest one cannot be read
    static Optional<Checkpoint> newest(KafkaConnection kafka, Topics topics, String model) {
        TopicPartition partition = new TopicPartition(topics.checkpoints(), 0);
        byte[] newest = null;
        // One at a time would be slow, many at a time large: a few of the largest.
        Map<String, String> settings = Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "4");
        try (Consumer<String, byte[]> consumer = kafka.consumer(settings)) {
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
            return Optional.of(Checkpoint.parseFrom(newest));
        } catch (InvalidProtocolBufferException fault) {
            throw new UserError(
                    "the checkpoint of model " + model + " on " + topics.checkpoints() + " cannot be read: "
                            + fault.getMessage(),
                    fault);
        }
    }
}
