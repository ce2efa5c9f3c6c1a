package weft.scorer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.ServiceContext;
import weft.kafka.wire.Topics;
import weft.scorer.TestModels;
import weft.testing.MemoryKafka;
import weft.testing.TestData;

/// A run some of whose versions cannot be used, or all.
class UnusableVersionsTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void nothingFailed() {
        assertThat(failures).isEmpty();
    }

    @Test
    void theNewestThatCanBeUsedServesAndChallenges() throws Exception {
        ModelRegistry models = new ModelRegistry(List.of(TestModels.TWO), TestData.FASHION.shape());
        publish("raw/100", TestModels.snapshot(100, 1, 0, 1));
        publish("raw@wide/10", TestModels.as(TestModels.snapshot(10, 1, 0, 1), "wide"));
        publish("raw@wide/20", TestModels.as(TestModels.snapshot(20, 1, 0, 1), "wide"));
        publish("raw@wide/30", TestModels.as(TestModels.snapshot(30, 1, 0, .5f, 1), "wide"));
        kafka.put(TOPICS.models(), "raw@wide/40", new byte[] {1});
        try (SnapshotFeed feed = SnapshotFeed.start(context(), models)) {
            feed.awaitCaughtUp();
            put("{\"model\":\"raw\",\"run\":\"main\",\"challengers\":[\"wide\"]}");
            await().atMost(PATIENCE)
                    .until(() -> slot(models).challengers().size() == 1
                            && versions(slot(models).challengers().getFirst()).equals(List.of(20L, 10L)));
            put("{\"model\":\"raw\",\"run\":\"wide\"}");
            awaitChampion(models, "raw@wide", 20, 10);
            assertThat(refused()).isZero();
        }
    }

    @Test
    void aRunWithoutAUsableVersionDoesNotServeAgain() throws Exception {
        ModelRegistry models = new ModelRegistry(List.of(TestModels.TWO), TestData.FASHION.shape());
        kafka.put(TOPICS.models(), "raw/1", new byte[] {1});
        publish("raw@wide/10", TestModels.as(TestModels.snapshot(10, 1, 0, 1), "wide"));
        put("{\"model\":\"raw\",\"run\":\"wide\"}");
        try (SnapshotFeed feed = SnapshotFeed.start(context(), models)) {
            feed.awaitCaughtUp();
            awaitChampion(models, "raw@wide", 10);
            put("{\"model\":\"raw\",\"run\":\"main\"}");
            kafka.put(TOPICS.deployments(), "raw", null);
            await().atMost(PATIENCE).until(() -> refused() == 2);
            awaitChampion(models, "raw@wide", 10);
            publish("raw/100", TestModels.snapshot(100, 1, 0, 1));
            await().atMost(PATIENCE).until(() -> !models.snapshots("raw").isEmpty());
            awaitChampion(models, "raw@wide", 10);
            put("{\"model\":\"raw\",\"run\":\"main\"}");
            awaitChampion(models, "raw", 100);
            assertThat(refused()).isEqualTo(2);
        }
    }

    @Test
    void aRunThatIsScoredElsewhereWithFewerPipelinesDoesNotServeHere() throws Exception {
        ModelRegistry models = new ModelRegistry(
                List.of(TestModels.TWO, PipelineName.parse("raw-kmeans-3"), PipelineName.parse("raw-kmeans-2@wide")),
                TestData.FASHION.shape());
        publish("raw/100", TestModels.raw(100, 1, new float[] {0, 1}, new float[] {0, .5f, 1}));
        publish("raw@wide/10", TestModels.as(TestModels.snapshot(10, 1, 0, 1), "wide"));
        try (SnapshotFeed feed = SnapshotFeed.start(context(), models)) {
            feed.awaitCaughtUp();
            awaitChampion(models, "raw", 100);
            put("{\"model\":\"raw\",\"run\":\"wide\"}");
            await().atMost(PATIENCE).until(() -> refused() == 1);
            awaitChampion(models, "raw", 100);
        }
    }

    private static void awaitChampion(ModelRegistry models, String model, long... newestFirst) {
        List<Long> wanted = java.util.Arrays.stream(newestFirst).boxed().toList();
        await().atMost(PATIENCE).until(() -> {
            Rival champion = slot(models).champion();
            return champion.seating().model().toString().equals(model)
                    && versions(champion).equals(wanted);
        });
    }

    private static Slot slot(ModelRegistry models) {
        return models.slots().getFirst();
    }

    private static List<Long> versions(Rival rival) {
        return rival.newestFirst().stream().map(Snapshot::version).toList();
    }

    private double refused() {
        return meters.get("weft.scorer.deployments.refused").counter().count();
    }

    private void put(String json) {
        kafka.put(TOPICS.deployments(), "raw", json.getBytes(StandardCharsets.UTF_8));
    }

    private void publish(String key, Snapshot snapshot) {
        kafka.put(TOPICS.models(), key, TestModels.CODEC.encode(snapshot));
    }

    private ServiceContext context() {
        return new ServiceContext(
                kafka, TOPICS, TestData.FASHION, TestModels.CODEC, meters, Clock.systemUTC(), failures::add);
    }
}
