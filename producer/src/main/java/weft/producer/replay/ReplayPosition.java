package weft.producer.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LastRecord;
import weft.kafka.service.LogEnd;
import weft.kafka.service.UserError;
import weft.kafka.wire.ImageHeaders;

/// The last image that a replay has put on each partition; the topic itself is the memory.
final class ReplayPosition {
    /// @param id of the image
    /// @param epoch that it was sent in
    record Last(String id, int epoch) {}

    private ReplayPosition() {}

    /// Looks at the partitions' ends; other programs' images are passed over.
    ///
    /// @throws UserError where another replay stands there
    static Map<Integer, Last> find(
            KafkaConnection kafka, String topic, List<TopicPartition> partitions, String replay) {
        Map<Integer, Last> positions = new HashMap<>();
        try (Consumer<String, byte[]> consumer = kafka.briefConsumer(Map.of())) {
            LogEnd end = LogEnd.now(kafka, consumer, partitions);
            for (TopicPartition partition : partitions) {
                ConsumerRecord<String, byte[]> last = LastRecord.find(
                                consumer,
                                partition,
                                end,
                                record -> record.headers().lastHeader(ImageHeaders.REPLAY) != null)
                        .orElse(null);
                if (last == null) {
                    continue;
                }
                String other = ImageHeaders.text(last.headers(), ImageHeaders.REPLAY);
                if (!replay.equals(other)) {
                    throw new UserError(
                            "topic " + topic + " holds the replay " + other + ", which is not " + replay
                                    + " (order/seed/train+test/data/partitions): go on with its options and data, or choose another --prefix or --dir");
                }
                String epoch = Objects.requireNonNull(ImageHeaders.text(last.headers(), ImageHeaders.EPOCH));
                positions.put(partition.partition(), new Last(last.key(), Integer.parseInt(epoch)));
            }
        }
        return positions;
    }
}
