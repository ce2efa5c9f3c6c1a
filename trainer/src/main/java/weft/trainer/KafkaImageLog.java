package weft.trainer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import weft.kafka.wire.TimedImage;
import weft.trainer.learn.ImageLog;

/// Reads images of the images topic a second time, with a consumer of its own. It does not wait for images for ever:
/// where they are away, the session ends and the next one asks what has become of the topic.
final class KafkaImageLog implements ImageLog {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, Optional<TimedImage>> consumer;
    private final String topic;
    private final Duration patience;

    /// @param patience how long nothing may come before the read fails
    KafkaImageLog(Consumer<String, Optional<TimedImage>> consumer, String topic, Duration patience) {
        this.consumer = consumer;
        this.topic = topic;
        this.patience = patience;
    }

    @Override
    public void read(Positions positions, Visitor visitor) {
        Map<TopicPartition, Map<Long, Integer>> wanted = new HashMap<>();
        for (int i = 0; i < positions.size(); i++) {
            wanted.computeIfAbsent(new TopicPartition(topic, positions.partition(i)), _ -> new HashMap<>())
                    .put(positions.offset(i), i);
        }
        for (Map.Entry<TopicPartition, Map<Long, Integer>> entry : wanted.entrySet()) {
            read(entry.getKey(), entry.getValue(), visitor);
        }
        consumer.unsubscribe();
    }

    private void read(TopicPartition partition, Map<Long, Integer> indexes, Visitor visitor) {
        long first = extreme(indexes.keySet(), false);
        long last = extreme(indexes.keySet(), true);
        consumer.assign(List.of(partition));
        Long kept = consumer.beginningOffsets(List.of(partition)).get(partition);
        consumer.seek(partition, Math.max(first, kept == null ? 0 : kept));
        long heard = System.nanoTime();
        while (consumer.position(partition) <= last) {
            List<ConsumerRecord<String, Optional<TimedImage>>> records =
                    consumer.poll(POLL).records(partition);
            if (!records.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > patience.toNanos()) {
                throw new TimeoutException("offsets " + consumer.position(partition) + " to " + last + " of "
                        + partition + " were read before and are not there for " + patience.toSeconds() + " s");
            }
            for (ConsumerRecord<String, Optional<TimedImage>> record : records) {
                Integer index = indexes.get(record.offset());
                if (index != null && record.value() != null && record.value().isPresent()) {
                    visitor.image(index, record.value().get().image().values());
                }
            }
        }
    }

    private static long extreme(Collection<Long> offsets, boolean largest) {
        long extreme = largest ? Long.MIN_VALUE : Long.MAX_VALUE;
        for (long offset : offsets) {
            extreme = largest ? Math.max(extreme, offset) : Math.min(extreme, offset);
        }
        return extreme;
    }
}
