package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.Topics;
import weft.monitoring.KafkaWatch;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

@Tag("system")
class KafkaWatchTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CopyOnWriteArrayList<Throwable> failures = new CopyOnWriteArrayList<>();

    @Test
    void tellsOfBrokersAndTopicsAndOfTheirAbsence() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(folder, "127.0.0.1", 0);
        KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(3), (short) 1);
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; i < 7; i++) {
                producer.send(new ProducerRecord<>(TOPICS.images(), "image-" + i, new byte[784]))
                        .get();
            }
        }
        try (KafkaWatch watch = KafkaWatch.start(new ServiceContext(
                kafka, TOPICS, TestData.FASHION, Families.SNAPSHOTS, registry, Clock.systemUTC(), failures::add))) {
            await().atMost(PATIENCE).until(() -> gauge("weft.kafka.brokers") == 1);
            assertThat(gauge("weft.kafka.end.offset", "topic", "weft.images")).isEqualTo(7);
            assertThat(gauge("weft.kafka.end.offset", "topic", "weft.models")).isZero();
            assertThat(gauge("weft.kafka.unscored", "topic", "weft.images")).isEqualTo(7);
            assertThat(gauge("weft.kafka.topic", "topic", "weft.images")).isBetween(7 * 784.0, 7 * 1_000.0);
            assertThat(gauge("weft.kafka.partitions", "state", "offline")).isZero();
            assertThat(gauge("weft.kafka.partitions", "state", "under_replicated"))
                    .isZero();
            assertThat(registry.get("weft.kafka.answer").timer().count()).isPositive();

            try (Admin admin = kafka.admin()) {
                admin.deleteTopics(List.of(TOPICS.deadLetters())).all().get();
            }
            await().atMost(PATIENCE)
                    .until(() -> Double.isNaN(gauge("weft.kafka.end.offset", "topic", "weft.dead-letters")));
            assertThat(gauge("weft.kafka.brokers")).isEqualTo(1);
            assertThat(gauge("weft.kafka.end.offset", "topic", "weft.images")).isEqualTo(7);

            broker.close();
            await().atMost(PATIENCE).until(() -> gauge("weft.kafka.brokers") == 0);
            assertThat(gauge("weft.kafka.end.offset", "topic", "weft.images")).isNaN();

            int port = URI.create("kafka://" + broker.address()).getPort();
            try (EmbeddedBroker _ = EmbeddedBroker.start(folder, "127.0.0.1", port)) {
                await().atMost(PATIENCE).until(() -> gauge("weft.kafka.brokers") == 1);
                assertThat(gauge("weft.kafka.end.offset", "topic", "weft.images"))
                        .isEqualTo(7);
                assertThat(watch.live()).isTrue();
            }
        }
        assertThat(failures).isEmpty();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }
}
