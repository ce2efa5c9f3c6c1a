package weft.scorer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.Topics;
import weft.scorer.topology.CommitPace;

/// How the scorer sets Kafka Streams.
public final class ScorerSettings {
    private ScorerSettings() {}

    /// All settings but where Kafka is.
    ///
    /// @param state folder of this instance alone
    /// @param paced whether images come at a pace that leaves time to compress what it writes
    public static Map<String, String> of(Topics topics, Path state, int threads, boolean paced) {
        Map<String, String> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.scorerApplication());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(threads));
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, "-1");
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(CommitPace.INTERVAL.toMillis()));
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A crashed instance's images go to another one after ten seconds, not forty-five.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "10000");
        KafkaConnection.writing(paced)
                .forEach((name, value) -> settings.put(StreamsConfig.producerPrefix(name), value));
        return settings;
    }
}
