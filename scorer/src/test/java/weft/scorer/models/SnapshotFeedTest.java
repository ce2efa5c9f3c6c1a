package weft.scorer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import weft.kafka.service.ServiceContext;
import weft.kafka.wire.Topics;
import weft.scorer.TestModels;
import weft.testing.MemoryKafka;
import weft.testing.TestData;

class SnapshotFeedTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
    private final ModelRegistry models = new ModelRegistry(List.of(TestModels.TWO), TestData.FASHION.shape());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Test
    void whatIsThereAtTheStartIsReadBeforeAnythingIsScored() throws Exception {
        for (int version = 1; version <= 40; version++) {
            publish(version);
        }
        try (SnapshotFeed feed = start()) {
            feed.awaitCaughtUp();
            assertThat(models.snapshots("raw").getFirst().version()).isEqualTo(40);
            publish(41);
            await().atMost(PATIENCE)
                    .until(() -> models.snapshots("raw").getFirst().version() == 41);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aBadOneIsCountedAndTheLastGoodOneStays() throws Exception {
        publish(1);
        kafka.put(TOPICS.models(), "raw", new byte[] {1, 2, 3});
        kafka.put(TOPICS.models(), "raw", null);
        kafka.put(TOPICS.models(), "other", new byte[] {1});
        kafka.put(TOPICS.models(), null, new byte[] {1});
        try (SnapshotFeed feed = start()) {
            feed.awaitCaughtUp();
            assertThat(models.snapshots("raw")).hasSize(1);
            assertThat(meters.get("weft.scorer.snapshots.refused")
                            .tag("reason", "malformed")
                            .counter()
                            .count())
                    .isEqualTo(1);
            publish(2);
            await().atMost(PATIENCE)
                    .until(() -> models.snapshots("raw").getFirst().version() == 2);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void ofALongHistoryOnlyWhatIsKeptIsDecoded() throws Exception {
        kafka.put(TOPICS.models(), "raw/1", new byte[] {1, 2, 3});
        for (int version = 2; version <= 100; version++) {
            publishKeyed(version);
        }
        kafka.put(TOPICS.models(), "raw/2", null);
        publishKeyed(100);
        try (SnapshotFeed feed = start()) {
            feed.awaitCaughtUp();
            assertThat(models.snapshots("raw")).hasSizeBetween(63, 64);
            assertThat(models.snapshots("raw").getFirst().version()).isEqualTo(100);
            publishKeyed(100);
            publishKeyed(101);
            await().atMost(PATIENCE)
                    .until(() -> models.snapshots("raw").getFirst().version() == 101);
        }
        assertThat(meters.get("weft.scorer.snapshots.refused").counters())
                .as("neither the broken one that is too old, nor those that mark an epoch's end")
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
        assertThat(failures).isEmpty();
    }

    @Test
    void aKeyThatNamesAnotherVersionIsRefused() throws Exception {
        kafka.put(TOPICS.models(), "raw/7", TestModels.CODEC.encode(TestModels.snapshot(8, 8, 0, 1)));
        publish(1);
        try (SnapshotFeed feed = start()) {
            feed.awaitCaughtUp();
            assertThat(models.snapshots("raw").getFirst().version()).isEqualTo(1);
        }
        assertThat(meters.get("weft.scorer.snapshots.refused")
                        .tag("reason", "malformed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private void publishKeyed(long version) {
        kafka.put(
                TOPICS.models(),
                "raw/" + version,
                TestModels.CODEC.encode(TestModels.snapshot(version, version, 0, 1)));
    }

    private SnapshotFeed start() {
        return SnapshotFeed.start(
                new ServiceContext(
                        kafka, TOPICS, TestData.FASHION, TestModels.CODEC, meters, Clock.systemUTC(), failures::add),
                models);
    }

    private void publish(long version) {
        kafka.put(TOPICS.models(), "raw", TestModels.CODEC.encode(TestModels.snapshot(version, version, 0, 1)));
    }
}
