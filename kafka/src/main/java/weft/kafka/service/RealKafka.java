package weft.kafka.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The real form of [KafkaConnection]: clients over the network.
///
/// @param bootstrap `host:port`, several with commas
/// @param extra any client settings beside it, for example SASL and TLS
record RealKafka(String bootstrap, Map<String, String> extra) implements KafkaConnection {
    private static final int REACH_SECONDS = 10;

    RealKafka {
        extra = Map.copyOf(extra);
    }

    @Override
    public void check() {
        Admin admin = admin();
        try {
            admin.describeCluster().nodes().get(REACH_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof AuthenticationException refused) {
                throw new UserError("Kafka at " + bootstrap + " refuses this client: " + refused.getMessage(), fault);
            }
            throw new UserError("Kafka at " + bootstrap + " does not answer: " + Faults.line(fault), fault);
        } catch (TimeoutException fault) {
            throw new UserError("Kafka at " + bootstrap + " does not answer within " + REACH_SECONDS + " s", fault);
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while Kafka was looked for", fault);
        } finally {
            // Without a limit it would go on asking until its own timeout.
            admin.close(Duration.ZERO);
        }
    }

    @Override
    public Admin admin() {
        try {
            return Admin.create(properties(Map.of(
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "30000")));
        } catch (KafkaException fault) {
            throw badSettings(fault);
        }
    }

    @Override
    public TopicIds topicIds() {
        return new AdminTopicIds(admin());
    }

    @Override
    public Producer<String, byte[]> producer(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true"));
        all.putAll(settings);
        try {
            return new KafkaProducer<>(properties(all), new StringSerializer(), new ByteArraySerializer());
        } catch (KafkaException fault) {
            throw badSettings(fault);
        }
    }

    @Override
    public <V> Consumer<String, V> consumer(Deserializer<V> values, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"));
        all.putAll(settings);
        try {
            return new KafkaConsumer<>(properties(all), new StringDeserializer(), values);
        } catch (KafkaException fault) {
            throw badSettings(fault);
        }
    }

    @Override
    public Properties properties(Map<String, String> settings) {
        Properties properties = new Properties();
        // A client has hundreds of meters: an MBean of each and their names for brokers cost more than its connection.
        // Weft's own metrics read them without either.
        properties.setProperty(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.setProperty(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        // The system sizes a connection's buffers by what comes; Kafka's 32 to 128 KB cut each fetch into many pieces.
        properties.setProperty(CommonClientConfigs.SEND_BUFFER_CONFIG, "-1");
        properties.setProperty(CommonClientConfigs.RECEIVE_BUFFER_CONFIG, "-1");
        properties.putAll(settings);
        properties.putAll(extra);
        properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return properties;
    }

    private UserError badSettings(KafkaException fault) {
        Throwable cause = fault;
        while (cause.getCause() != null && !(cause instanceof ConfigException)) {
            cause = cause.getCause();
        }
        return new UserError("Kafka client settings for " + bootstrap + " do not work: " + cause.getMessage(), fault);
    }

    /// Without the settings, which may hold passwords.
    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrap + "]";
    }
}
