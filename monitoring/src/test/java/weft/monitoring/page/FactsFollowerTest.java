package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelFamilies;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.kafka.family.RawFamily;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.StreamEvent.Kind;
import weft.kafka.wire.Topics;
import weft.testing.MemoryKafka;
import weft.testing.TestData;

class FactsFollowerTest {
    private static final Topics TOPICS = new Topics("weft");

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 2);
    private final PageState state = new PageState(
            TestData.FASHION, Clock.fixed(Seen.NOW, ZoneOffset.UTC), Clock.fixed(Seen.NOW, ZoneOffset.UTC));

    @Test
    void theQualityOfEarlierIsTakenInAndWhatIsNoFigureIsPassedOver() {
        quality("{\"pipeline\":\"raw-kmeans-10\",\"modelVersion\":512,\"at\":\"2026-01-01T00:00:00Z\",\"images\":7}");
        quality("no JSON");
        quality("{\"pipeline\":\"no pipeline\",\"modelVersion\":512,\"at\":\"2026-01-01T00:00:00Z\",\"images\":7}");
        kafka.put(TOPICS.models(), "raw", new byte[] {1, 2, 3});
        kafka.put(TOPICS.models(), "raw", null);
        FactsFollower follower = new FactsFollower(
                kafka, kafka.consumer(Map.of()), TOPICS, new SnapshotCodec(new ModelFamilies(List.of())), state);

        follower.cycle();
        assertThat(state.quality()).containsOnlyKeys("raw-kmeans-10");
        assertThat(state.models()).isEmpty();

        quality("{\"pipeline\":\"raw-kmeans-64\",\"modelVersion\":512,\"at\":\"2026-01-01T00:00:01Z\",\"images\":9}");
        follower.cycle();
        assertThat(state.quality()).containsOnlyKeys("raw-kmeans-10", "raw-kmeans-64");
    }

    @Test
    void eventsAreTakenInFromBeforeAndFromNowOn() {
        happened(Kind.DRIFT, "raw");
        kafka.put(TOPICS.events(), "raw", "no event".getBytes(StandardCharsets.UTF_8));
        kafka.put(TOPICS.events(), "raw", null);
        happened(Kind.DRIFT, "No Model");
        FactsFollower follower = new FactsFollower(
                kafka, kafka.consumer(Map.of()), TOPICS, new SnapshotCodec(new ModelFamilies(List.of())), state);

        follower.cycle();
        assertThat(state.latestEvents()).extracting(StreamEvent::kind).containsExactly(Kind.DRIFT);

        happened(Kind.DRIFT_OVER, "raw");
        follower.cycle();
        assertThat(state.latestEvents()).extracting(StreamEvent::kind).containsExactly(Kind.DRIFT_OVER, Kind.DRIFT);
    }

    private void happened(Kind kind, String model) {
        StreamEvent event = new StreamEvent(Seen.NOW, kind, model, 512, 512, Optional.empty(), Map.of());
        kafka.put(TOPICS.events(), event.key(), event.toJson());
    }

    @Test
    void aPipelineIsDrawnByTheSnapshotThatServesIt() {
        SnapshotCodec codec = new SnapshotCodec(new ModelFamilies(List.of(new RawFamily())));
        publish(codec, "main", 100);
        publish(codec, "main", 200);
        publish(codec, "wide", 7);
        deploy("{\"model\":\"raw\",\"run\":\"main\",\"version\":100}");
        FactsFollower follower = new FactsFollower(kafka, kafka.consumer(Map.of()), TOPICS, codec, state);
        cycle(follower);
        assertThat(answering()).isEqualTo("raw-kmeans-2 of raw 100");
        deploy("{\"model\":\"raw\",\"run\":\"wide\"}");
        cycle(follower);
        assertThat(answering()).isEqualTo("raw-kmeans-2@wide of raw@wide 7");
        deploy("nonsense");
        publish(codec, "wide", 9);
        cycle(follower);
        assertThat(answering()).isEqualTo("raw-kmeans-2@wide of raw@wide 9");
        kafka.put(TOPICS.deployments(), "raw", null);
        cycle(follower);
        assertThat(answering()).isEqualTo("raw-kmeans-2 of raw 200");
    }

    /// Of a version that cannot be read the one before is shown; nothing else of the past is decoded.
    @Test
    void ofThePastTheNewestVersionThatCanBeShownIsDecodedAlone() {
        SnapshotCodec codec = new SnapshotCodec(new ModelFamilies(List.of(new RawFamily())));
        kafka.put(TOPICS.models(), "raw/50", new byte[] {1, 2, 3});
        publish(codec, "main", 100);
        publish(codec, "main", 200);
        kafka.put(TOPICS.models(), "raw/100", null);
        byte[] spoilt = {8, 2, 50, 3, 8, (byte) 0xAC, 2};
        kafka.put(TOPICS.models(), "raw/300", spoilt);
        FactsFollower follower = new FactsFollower(kafka, kafka.consumer(Map.of()), TOPICS, codec, state);
        cycle(follower);

        assertThat(answering()).isEqualTo("raw-kmeans-2 of raw 200");
        publish(codec, "main", 400);
        cycle(follower);
        assertThat(answering()).isEqualTo("raw-kmeans-2 of raw 400");
    }

    @Test
    void aDeploymentThatNamesWhatIsNotThereIsNotShown() {
        SnapshotCodec codec = new SnapshotCodec(new ModelFamilies(List.of(new RawFamily())));
        publish(codec, "main", 100);
        publish(codec, "main", 200);
        FactsFollower follower = new FactsFollower(kafka, kafka.consumer(Map.of()), TOPICS, codec, state);
        deploy("{\"model\":\"raw\",\"run\":\"main\",\"version\":100}");
        cycle(follower);
        for (String wrong : List.of(
                "{\"model\":\"raw\",\"run\":\"main\",\"version\":150}",
                "{\"model\":\"raw\",\"run\":\"nobody\"}",
                "{\"model\":\"raw\",\"run\":\"main\",\"challengers\":[\"nobody\"]}")) {
            deploy(wrong);
            for (int i = 0; i < 12; i++) {
                follower.cycle();
            }
            assertThat(answering()).as(wrong).isEqualTo("raw-kmeans-2 of raw 100");
        }
        deploy("{\"model\":\"raw\",\"run\":\"main\",\"version\":200}");
        cycle(follower);
        assertThat(answering()).isEqualTo("raw-kmeans-2 of raw 200");
    }

    private static void cycle(FactsFollower follower) {
        // A cycle more than the topics need: what is decided waits until the models are read.
        for (int i = 0; i < 3; i++) {
            follower.cycle();
        }
    }

    private String answering() {
        return state.modelOf(PipelineName.parse("raw-kmeans-2"))
                .map(one -> one.pipeline() + " of " + one.snapshot().model().name() + " "
                        + one.snapshot().version())
                .orElse("nobody");
    }

    private void deploy(String json) {
        kafka.put(TOPICS.deployments(), "raw", json.getBytes(StandardCharsets.UTF_8));
    }

    private void publish(SnapshotCodec codec, String run, long version) {
        ModelName model = new ModelName("raw", run);
        Snapshot snapshot = new Snapshot(
                new Model(
                        model,
                        TestData.FASHION.shape(),
                        new IdentityEncoder(784),
                        Optional.empty(),
                        Map.of(
                                PipelineName.parse("raw-kmeans-2").of(run),
                                new Centroids(Matrix.of(2, 784, new float[2 * 784]), false))),
                new Provenance(version, Map.of(), 1, Map.of(), Map.of(), "test"));
        kafka.put(TOPICS.models(), SnapshotKey.of(model, version).toString(), codec.encode(snapshot));
    }

    private void quality(String json) {
        kafka.put(TOPICS.quality(), "x", json.getBytes(StandardCharsets.UTF_8));
    }
}
