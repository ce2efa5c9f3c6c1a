package weft.producer.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.UserError;
import weft.kafka.wire.ImageHeaders;

/// The last image that a replay has put on each partition; the topic itself is the memory.
final class ReplayPosition {
    private static final int FIRST_LOOK = 1_000;
    private static final Duration POLL = Duration.ofMillis(500);

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
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            LogEnd end = LogEnd.now(kafka, consumer, partitions);
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                ConsumerRecord<String, byte[]> last =
                        lastOfReplay(consumer, partition, Objects.requireNonNull(begins.get(partition)), end);
                if (last == null) {
                    continue;
                }
                String other = ImageHeaders.text(last.headers(), ImageHeaders.REPLAY);
                if (!replay.equals(other)) {
                    throw new UserError("topic " + topic + " holds the replay " + other + ", which is not " + replay
                            + " (order/seed/train+test): go on with its options, or choose another --prefix or --dir");
                }
                String epoch = Objects.requireNonNull(ImageHeaders.text(last.headers(), ImageHeaders.EPOCH));
                positions.put(partition.partition(), new Last(last.key(), Integer.parseInt(epoch)));
            }
        }
        return positions;
    }

    private static @Nullable ConsumerRecord<String, byte[]> lastOfReplay(
            Consumer<String, byte[]> consumer, TopicPartition partition, long begin, LogEnd end) {
        // Looks further and further back: the replay's last image is the very last record, nearly always.
        long until = end.of(partition);
        long look = FIRST_LOOK;
        while (until > begin) {
            long from = Math.max(begin, until - look);
            ConsumerRecord<String, byte[]> last = null;
            consumer.seek(partition, from);
            while (!end.reached(partition, until)) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < until && record.headers().lastHeader(ImageHeaders.REPLAY) != null) {
                        last = record;
                    }
                }
            }
            if (last != null) {
                return last;
            }
            until = from;
            look *= 4;
        }
        return null;
    }
}
