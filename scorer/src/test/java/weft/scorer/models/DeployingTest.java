package weft.scorer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.Deployments;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.UserError;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.Topics;
import weft.scorer.TestModels;
import weft.testing.MemoryKafka;
import weft.testing.TestData;

/// What a command decides, and what the scorer makes of it.
class DeployingTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ModelName RAW = ModelName.main("raw");
    private static final Deployments.Signature EVA = new Deployments.Signature("eva", "it blurred");

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
    private final ModelRegistry models = new ModelRegistry(List.of(TestModels.TWO), TestData.FASHION.shape());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Test
    void aRollbackHoldsUntilSomebodyFollowsAgain() throws Exception {
        publish(RAW, 100, 200, 300);
        try (SnapshotFeed feed = feed()) {
            feed.awaitCaughtUp();
            decide(deployments -> deployments.rollback(OptionalLong.empty(), EVA));
            awaitInUse("raw", 200, 100);
            publish(RAW, 400);
            decide(deployments -> deployments.rollback(OptionalLong.of(100), EVA));
            awaitInUse("raw", 100);
            await().atMost(PATIENCE)
                    .until(() -> models.snapshots("raw").getFirst().version() == 400);
            awaitInUse("raw", 100);
            assertThat(meters.get("weft.scorer.model.version").gauge().value()).isEqualTo(100);
            Deployment followed = decide(deployments -> deployments.follow(EVA));
            awaitInUse("raw", 400, 300, 200, 100);
            assertThat(followed.deployed())
                    .as("what served stays on the topic")
                    .extracting(SnapshotKey::toString)
                    .containsExactly("raw/100", "raw/200", "raw/300");
        }
        assertThat(events())
                .extracting(event -> event.kind().id() + " " + event.modelVersion() + " "
                        + event.details().get("by") + " " + event.details().get("why"))
                .containsExactly(
                        "rollback 200 eva it blurred", "rollback 100 eva it blurred", "promotion 400 eva it blurred");
        assertThat(failures).isEmpty();
    }

    @Test
    void aVersionThatIsNotInMemoryIsReadAgain() throws Exception {
        for (int version = 1; version <= 100; version++) {
            publish(RAW, version);
        }
        try (SnapshotFeed feed = feed()) {
            feed.awaitCaughtUp();
            assertThat(models.snapshots("raw")).hasSize(64);
            decide(deployments -> deployments.rollback(OptionalLong.of(7), EVA));
            awaitInUse("raw", 7);
        }
        try (SnapshotFeed again = feed()) {
            again.awaitCaughtUp();
            awaitInUse("raw", 7);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void anotherRunServesUnderThePlainNameAndIsJudgedByItsOwnVersions() throws Exception {
        ModelName wide = new ModelName("raw", "wide");
        publish(RAW, 100);
        publish(wide, 10, 20, 30);
        try (SnapshotFeed feed = feed()) {
            feed.awaitCaughtUp();
            assertThat(models.snapshots("raw@wide")).as("nobody asked for it").isEmpty();
            decide(deployments -> deployments.challenge("wide", Optional.empty(), EVA));
            await().atMost(PATIENCE).until(() -> slot().challengers().size() == 1);
            Seat rival = slot().challengers().getFirst().seating().seats().getFirst();
            assertThat(rival.shown()).hasToString("raw-kmeans-2@wide");
            assertThat(rival.tally()).hasToString("raw-kmeans-2~wide");
            decide(deployments -> deployments.promote("wide", EVA));
            awaitInUse("raw@wide", 30, 20, 10);
            assertThat(slot().challengers()).isEmpty();
            Seat champion = slot().champion().seating().seats().getFirst();
            assertThat(champion.shown()).hasToString("raw-kmeans-2");
            assertThat(champion.tally()).hasToString("raw-kmeans-2~wide");
            publish(wide, 40);
            awaitInUse("raw@wide", 40, 30, 20, 10);
            decide(deployments -> deployments.rollback(OptionalLong.of(20), EVA));
            awaitInUse("raw@wide", 20, 10);
            decide(deployments -> deployments.promote("main", EVA));
            awaitInUse("raw", 100);
            assertThat(models.snapshots("raw@wide"))
                    .as("it plays no part any more")
                    .isEmpty();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aRecordThatMakesNoSenseIsRefusedAndWhatServedGoesOn() throws Exception {
        publish(RAW, 100, 200);
        publish(new ModelName("raw", "wide"), 10);
        kafka.put(TOPICS.models(), "raw@bad/1", new byte[] {1});
        try (SnapshotFeed feed = feed()) {
            feed.awaitCaughtUp();
            decide(deployments -> deployments.rollback(OptionalLong.empty(), EVA));
            awaitInUse("raw", 100);
            put("nonsense");
            put("{\"model\":\"raw\",\"run\":\"nobody\"}");
            put("{\"model\":\"raw\",\"run\":\"main\",\"version\":150}");
            put("{\"model\":\"raw\",\"run\":\"bad\"}");
            put("{\"model\":\"raw\",\"run\":\"main\",\"challengers\":[\"nobody\"]}");
            await().atMost(PATIENCE).until(() -> refused() == 5);
            awaitInUse("raw", 100);
            kafka.put(TOPICS.deployments(), "ae", utf8("{\"model\":\"ae\",\"run\":\"nobody\"}"));
            put("{\"model\":\"raw\",\"run\":\"wide\"}");
            awaitInUse("raw@wide", 10);
            assertThat(refused()).as("another model is another scorer's").isEqualTo(5);
            put("nonsense");
            await().atMost(PATIENCE).until(() -> refused() == 6);
        }
        meters.clear();
        try (SnapshotFeed again = feed()) {
            again.awaitCaughtUp();
            awaitInUse("raw@wide", 10);
            assertThat(refused()).as("the last record").isEqualTo(1);
            kafka.put(TOPICS.deployments(), "raw", null);
            awaitInUse("raw", 200, 100);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aModelThatIsScoredHereByItselfCannotChallenge() throws Exception {
        ModelRegistry both = new ModelRegistry(
                List.of(TestModels.TWO, PipelineName.parse("raw-kmeans-2@wide")), TestData.FASHION.shape());
        publish(RAW, 100);
        publish(new ModelName("raw", "wide"), 10);
        try (SnapshotFeed feed = SnapshotFeed.start(context(), both)) {
            feed.awaitCaughtUp();
            decide(deployments -> deployments.challenge("wide", Optional.empty(), EVA));
            await().atMost(PATIENCE).until(() -> refused() == 1);
            assertThat(both.slots().getFirst().challengers()).isEmpty();
            decide(deployments -> deployments.promote("wide", EVA));
            await().atMost(PATIENCE)
                    .until(() -> both.slots()
                            .getFirst()
                            .champion()
                            .seating()
                            .model()
                            .run()
                            .equals("wide"));
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void whatCannotServeIsRefusedInOneLine() {
        wrong("no version of model raw is on weft.models, nor of any other", () -> open().close());
        publish(RAW, 100, 200);
        publish(ModelName.main("ae"), 5);
        kafka.put(
                TOPICS.models(),
                "raw@three/1",
                TestModels.CODEC.encode(TestModels.as(TestModels.snapshot(1, 1, 0, .5f, 1), "three")));
        wrong(
                "version 150 of model raw is not on weft.models, which keeps 2 from 100 to 200 (weft versions raw)",
                () -> decide(deployments -> deployments.rollback(OptionalLong.of(150), EVA)));
        wrong("no version of model raw before 100 is kept (weft versions raw)", () -> {
            decide(deployments -> deployments.rollback(OptionalLong.empty(), EVA));
            decide(deployments -> deployments.rollback(OptionalLong.empty(), EVA));
        });
        wrong(
                "no version of model raw@none is on weft.models: there is raw, raw@three",
                () -> decide(deployments -> deployments.promote("none", EVA)));
        wrong(
                "--run: a run has 1 to 32 small letters, digits and dashes, no dash first, not 'No'",
                () -> decide(deployments -> deployments.promote("No", EVA)));
        wrong(
                "model raw@three has the pipelines raw-kmeans-3@three, not all of raw-kmeans-2@three",
                () -> decide(deployments -> deployments.challenge("three", Optional.empty(), EVA)));
        wrong("run main serves model raw already", () -> decide(deployments -> deployments.promote("main", EVA)));
        wrong(
                "run main serves model raw and cannot challenge it as well",
                () -> decide(deployments -> deployments.challenge("main", Optional.empty(), EVA)));
        wrong(
                "run three does not challenge model raw: none does",
                () -> decide(deployments -> deployments.stop("three", EVA)));
        assertThat(events()).as("only the rollback that could be").hasSize(1);
    }

    private static void wrong(String message, ThrowingCallable call) {
        assertThatExceptionOfType(UserError.class).isThrownBy(call).withMessage(message);
    }

    private Deployments open() {
        return Deployments.open(kafka, TOPICS, TestModels.CODEC, RAW, Clock.systemUTC());
    }

    private Deployment decide(Function<Deployments, Deployment> decision) {
        try (Deployments deployments = open()) {
            return decision.apply(deployments);
        }
    }

    private List<StreamEvent> events() {
        return kafka.records(TOPICS.events()).stream()
                .map(record -> StreamEvent.fromJson(record.value()))
                .toList();
    }

    private void awaitInUse(String model, long... newestFirst) {
        List<Long> versions = java.util.Arrays.stream(newestFirst).boxed().toList();
        await().atMost(PATIENCE)
                .until(() -> slot().champion().seating().model().toString().equals(model)
                        && slot().champion().newestFirst().stream()
                                .map(Snapshot::version)
                                .toList()
                                .equals(versions));
    }

    private Slot slot() {
        return models.slots().getFirst();
    }

    private double refused() {
        return meters.get("weft.scorer.deployments.refused").counter().count();
    }

    private void put(String json) {
        kafka.put(TOPICS.deployments(), "raw", utf8(json));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private SnapshotFeed feed() {
        return SnapshotFeed.start(context(), models);
    }

    private ServiceContext context() {
        return new ServiceContext(
                kafka, TOPICS, TestData.FASHION, TestModels.CODEC, meters, Clock.systemUTC(), failures::add);
    }

    private void publish(ModelName model, long... versions) {
        for (long version : versions) {
            Snapshot snapshot = model.family().equals("ae")
                    ? TestModels.ae(version, version)
                    : TestModels.as(TestModels.snapshot(version, version, 0, 1), model.run());
            kafka.put(TOPICS.models(), SnapshotKey.of(model, version).toString(), TestModels.CODEC.encode(snapshot));
        }
    }
}
