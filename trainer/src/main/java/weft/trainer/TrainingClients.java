package weft.trainer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import weft.core.image.Dataset;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.ImageDeserializer;
import weft.kafka.wire.TimedImage;
import weft.kafka.wire.Topics;

/// What a session talks to Kafka with.
///
/// @param again reads images a second time
record TrainingClients(
        Producer<String, byte[]> producer,
        Consumer<String, Optional<TimedImage>> consumer,
        Consumer<String, Optional<TimedImage>> again) {
    static TrainingClients open(KafkaConnection kafka, Dataset dataset, String group) {
        return new TrainingClients(
                kafka.producer(Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        group,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        "30000",
                        // Others who read the same topics wait for it no longer than this.
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        "10000",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        Integer.toString(Topics.CHECKPOINT_BYTES + 4096),
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        Integer.toString(2 * Topics.CHECKPOINT_BYTES))),
                images(kafka, dataset, Map.of(ConsumerConfig.GROUP_ID_CONFIG, group)),
                images(kafka, dataset, Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none")));
    }

    private static Consumer<String, Optional<TimedImage>> images(
            KafkaConnection kafka, Dataset dataset, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        // More at once would live on through collections of garbage while the first of them are learnt.
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "500");
        // New partitions are heard of by then.
        all.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "30000");
        return kafka.consumer(new ImageDeserializer(dataset), all);
    }

    /// At once: what is not committed is done again.
    void close() {
        producer.close(Duration.ZERO);
        consumer.close(KafkaConnection.promptly());
        again.close(KafkaConnection.promptly());
    }
}
