package weft.scorer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import weft.kafka.service.ServiceContext;
import weft.kafka.wire.Topics;
import weft.scorer.TestModels;
import weft.testing.MemoryKafka;
import weft.testing.TestData;

class ModelAgeTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
    private final ModelRegistry models = new ModelRegistry(List.of(TestModels.TWO), TestData.FASHION.shape());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whatServesTooLongIsNamedUntilANewerOneServes() throws Exception {
        try (SnapshotFeed feed = feed()) {
            ModelAge age = new ModelAge(Optional.of(Duration.ofHours(1)), models, feed, CLOCK, meters);
            feed.awaitCaughtUp();
            assertThat(age.report()).as("nothing serves yet").isEmpty();
            publish(1, NOW.minus(Duration.ofHours(2)));
            await().atMost(Duration.ofMinutes(1)).until(() -> !age.report().isEmpty());
            assertThat(age.report())
                    .containsExactly(
                            "model raw: what serves was published PT2H ago, longer than PT1H (--max-model-age)");
            assertThat(meters.get("weft.scorer.model.stale").gauge().value()).isEqualTo(1);
            publish(2, NOW.minus(Duration.ofMinutes(59)));
            await().atMost(Duration.ofMinutes(1)).until(() -> age.report().isEmpty());
            assertThat(meters.get("weft.scorer.model.stale").gauge().value()).isZero();
        }
    }

    @Test
    void withoutALimitNothingIsTooOld() throws Exception {
        publish(1, Instant.EPOCH);
        try (SnapshotFeed feed = feed()) {
            ModelAge age = new ModelAge(Optional.empty(), models, feed, CLOCK, meters);
            feed.awaitCaughtUp();
            assertThat(feed.publishedAt("raw")).hasValue(0);
            assertThat(age.report()).isEmpty();
            assertThat(meters.find("weft.scorer.model.stale").gauge()).isNull();
        }
    }

    private SnapshotFeed feed() {
        return SnapshotFeed.start(
                new ServiceContext(kafka, TOPICS, TestData.FASHION, TestModels.CODEC, meters, CLOCK, _ -> {}), models);
    }

    private void publish(long version, Instant at) {
        kafka.put(new ProducerRecord<>(
                TOPICS.models(),
                0,
                at.toEpochMilli(),
                "raw/" + version,
                TestModels.CODEC.encode(TestModels.snapshot(version, version, 0, 1))));
    }
}
