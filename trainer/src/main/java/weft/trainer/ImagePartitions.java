package weft.trainer;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.KafkaConnection;

/// The partitions that a training reads: all of the images', also those that come later.
final class ImagePartitions {
    private static final Logger LOG = LoggerFactory.getLogger(ImagePartitions.class);

    private final Consumer<?, ?> consumer;
    private final String topic;
    private final List<TopicPartition> first;

    /// Asks for those that there are.
    ImagePartitions(Consumer<?, ?> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
        first = KafkaConnection.partitions(consumer, topic);
    }

    /// Those of the beginning.
    Set<TopicPartition> first() {
        return Set.copyOf(first);
    }

    /// Reads on from where the training is.
    void assign(Map<Integer, Long> through) {
        consumer.assign(first);
        seek(first, through);
    }

    /// Takes in what has come since, from the beginning; costs nothing where Kafka has not told of any.
    void follow() {
        List<TopicPartition> now = KafkaConnection.partitions(consumer, topic);
        Set<TopicPartition> fresh = new HashSet<>(now);
        fresh.removeAll(consumer.assignment());
        if (!fresh.isEmpty()) {
            consumer.assign(now);
            seek(fresh, Map.of());
            LOG.info("{} has {} partitions now, and the training reads all of them", topic, now.size());
        }
    }

    private void seek(Collection<TopicPartition> partitions, Map<Integer, Long> through) {
        partitions.forEach(partition -> consumer.seek(partition, through.getOrDefault(partition.partition(), 0L)));
    }
}
