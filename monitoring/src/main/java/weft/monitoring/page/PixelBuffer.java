package weft.monitoring.page;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Records of the images topic by their offset, as assignments ask for them: nearly always one after the
/// other.
final class PixelBuffer {
    private static final int CAPACITY = 8_192;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS = 20;

    /// Reading so far ahead is cheaper than a new position.
    private static final long NEAR = 2_000;

    private record Place(TopicPartition partition, long offset) {}

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final SequencedMap<Place, ConsumerRecord<String, byte[]>> records = new LinkedHashMap<>();

    /// @param consumer with every partition of the images topic assigned
    PixelBuffer(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
        topic = consumer.assignment().iterator().next().topic();
    }

    /// The record, or empty where it is gone or does not come in time; those before it are forgotten.
    Optional<ConsumerRecord<String, byte[]>> read(int partition, long offset) {
        TopicPartition where = new TopicPartition(topic, partition);
        Place place = new Place(where, offset);
        if (!records.containsKey(place) && consumer.assignment().contains(where)) {
            fetch(where, offset);
        }
        forgetBefore(place);
        return Optional.ofNullable(records.get(place));
    }

    /// Records that stayed until there is no more room would grow old, which costs the garbage collector far more.
    private void forgetBefore(Place place) {
        while (!records.isEmpty()) {
            Place oldest = records.firstEntry().getKey();
            if (!oldest.partition.equals(place.partition) || oldest.offset >= place.offset) {
                return;
            }
            records.pollFirstEntry();
        }
    }

    private void fetch(TopicPartition where, long offset) {
        long position = consumer.position(where);
        if (position > offset || position < offset - NEAR) {
            consumer.seek(where, offset);
        }
        for (int i = 0; i < POLLS && consumer.position(where) <= offset; i++) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                records.put(new Place(new TopicPartition(record.topic(), record.partition()), record.offset()), record);
                if (records.size() > CAPACITY) {
                    records.pollFirstEntry();
                }
            }
        }
    }
}
