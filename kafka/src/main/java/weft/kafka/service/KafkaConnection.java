package weft.kafka.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/// Where Kafka is and how to talk to it: the one place that makes clients.
public interface KafkaConnection {
    /// How a producer writes what other programs read: every client knows gzip, and some know no other codec.
    ///
    /// Where a replay goes as fast as it can nothing is compressed: level 1 costs the sender 1 us a record of
    /// assignments (CodecBenchmark) and 10 us an image, and each reader .5 and 3. Batches are four times as large
    /// there and have the time to fill: a large one costs the broker and the readers little more than a small one.
    ///
    /// @param paced whether images come at a set rate; else as fast as it goes
    static Map<String, String> writing(boolean paced) {
        return paced
                ? Map.of(
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip",
                        ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, "1",
                        ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(128 << 10),
                        ProducerConfig.LINGER_MS_CONFIG, "5")
                : Map.of(
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        Integer.toString(512 << 10),
                        ProducerConfig.LINGER_MS_CONFIG,
                        "25");
    }

    /// A connection over the network; no client is made yet.
    ///
    /// @param bootstrap `host:port`, several with commas
    /// @param extra any client settings beside it, for example SASL and TLS
    static KafkaConnection to(String bootstrap, Map<String, String> extra) {
        return new RealKafka(bootstrap, extra);
    }

    /// How a consumer closes without waiting for brokers that do not answer, or have nothing to answer yet: it is in no
    /// group that would have to know.
    static CloseOptions promptly() {
        return CloseOptions.timeout(Duration.ofMillis(100));
    }

    /// A topic's partitions.
    ///
    /// @throws UnknownTopicOrPartitionException where it does not exist
    static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        if (known == null || known.isEmpty()) {
            throw new UnknownTopicOrPartitionException("topic " + topic + " does not exist");
        }
        return known.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /// Where the brokers are: `host:port`, several with commas.
    String bootstrap();

    /// Asks the cluster for its nodes.
    ///
    /// @throws UserError where it does not answer within ten seconds, or refuses the client
    void check();

    /// A client for topics, groups and offsets.
    Admin admin();

    /// A client that tells topics of one name apart.
    TopicIds topicIds();

    /// A producer of text keys and bytes; acks from all replicas and idempotence are always on.
    Producer<String, byte[]> producer(Map<String, String> settings);

    /// A consumer that reads committed records, starts at the beginning and commits nothing by itself.
    <V> Consumer<String, V> consumer(Deserializer<V> values, Map<String, String> settings);

    /// The same for raw bytes.
    default Consumer<String, byte[]> consumer(Map<String, String> settings) {
        return consumer(new ByteArrayDeserializer(), settings);
    }

    /// The same for a read that ends soon. A consumer asks ahead, and its closing waits for the broker's answer: half a
    /// second, by Kafka's default, where there is nothing more to read.
    default Consumer<String, byte[]> briefConsumer(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
        return consumer(all);
    }

    /// All settings of a client that is made elsewhere, such as Kafka Streams.
    Properties properties(Map<String, String> settings);
}
