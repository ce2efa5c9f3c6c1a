package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.core.model.ModelName;
import weft.core.model.Snapshot;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.StreamEvent;
import weft.scorer.TestModels;
import weft.scorer.models.Deploying;
import weft.testing.TestData;

/// A challenger before its gate. The pictures are black, or of a dark grey that has another label.
class GateKeeperTest {
    private static final int DARK = 100;

    /// It takes thousands of pictures to be believed, and small ones tell as much.
    private static final Dataset SMALL = new Dataset("small", new Shape.Image(8, 8, 1), TestData.FASHION.classes());

    /// Black and dark are one cluster to it.
    private static final Snapshot COARSE = TestModels.snapshot(SMALL.shape(), 100, 0, 0, 1);

    /// To it they are two.
    private static final Snapshot FINE = TestModels.as(TestModels.snapshot(SMALL.shape(), 7, 0, 0, .4f), "wide");

    private static final Snapshot AS_COARSE = TestModels.as(TestModels.snapshot(SMALL.shape(), 7, 0, 0, 1), "wide");

    @TempDir
    private Path state;

    private int sent;

    @Test
    void whoLeadsLongEnoughIsPromotedOnceWithAnEvent() throws Exception {
        try (Scoring scoring = scoring(FINE, "prequentialWindowHomogeneity+0.02 for 2000")) {
            send(scoring, 900);
            assertThat(decided(scoring))
                    .as("fewer than 1,000 images are not believed")
                    .isEmpty();
            send(scoring, 200);
            send(scoring, 1_800);
            assertThat(decided(scoring)).as("it leads for 1,800").isEmpty();
            send(scoring, 300);
            assertThat(decided(scoring)).singleElement().satisfies(deployment -> {
                assertThat(deployment.run()).isEqualTo("wide");
                assertThat(deployment.version()).isEmpty();
                assertThat(deployment.challengers()).isEmpty();
                assertThat(deployment.gates()).isEmpty();
                assertThat(deployment.by()).isEqualTo("gate");
                assertThat(deployment.why()).isEqualTo("prequentialWindowHomogeneity+0.02 for 2000");
                assertThat(deployment.deployed()).hasToString("[raw@wide/7, raw/100]");
            });
            assertThat(events(scoring)).singleElement().satisfies(event -> {
                assertThat(event.kind()).isEqualTo(StreamEvent.Kind.PROMOTION);
                assertThat(event.model()).isEqualTo("raw");
                assertThat(event.modelVersion()).isEqualTo(7);
                assertThat(event.imagesSeen()).isEqualTo(3_200);
                assertThat(event.details()).containsEntry("run", "wide").containsEntry("fromRun", "main");
            });
            send(scoring, 3_000);
            assertThat(decided(scoring))
                    .as("before its own record has come back")
                    .isEmpty();
        }
    }

    @Test
    void whoDoesNotLeadIsNeverPromoted() throws Exception {
        try (Scoring scoring = scoring(AS_COARSE, "prequentialWindowHomogeneity+0 for 1000")) {
            for (int i = 0; i < 5; i++) {
                send(scoring, 1_000);
            }
            assertThat(decided(scoring))
                    .as("as good is not better beyond chance")
                    .isEmpty();
        }
        try (Scoring scoring = scoring(FINE, "prequentialWindowHomogeneity+1.5 for 1000")) {
            send(scoring, 1_000);
            send(scoring, 1_000);
            send(scoring, 1_000);
            assertThat(decided(scoring)).as("nobody can lead by so much").isEmpty();
        }
    }

    @Test
    void figuresWithoutLabelsDecideAsWell() throws Exception {
        try (Scoring scoring = scoring(FINE, "largestClusterShare-0.1 for 1000")) {
            send(scoring, 1_000);
            send(scoring, 1_100);
            assertThat(decided(scoring)).hasSize(1);
        }
    }

    @Test
    void ofAMeanItTakesThirtyMeasurements() throws Exception {
        try (Scoring scoring = scoring(FINE, "meanMargin-1 for 1000")) {
            for (int i = 0; i < 25; i++) {
                send(scoring, 100);
            }
            assertThat(decided(scoring)).isEmpty();
            for (int i = 0; i < 30; i++) {
                send(scoring, 100);
            }
            assertThat(decided(scoring)).hasSize(1);
        }
    }

    private Scoring scoring(Snapshot challenger, String gate) throws Exception {
        Scoring scoring = new Scoring(SMALL, state.resolve(gate.replace(' ', '-')), 1, "raw-kmeans-2");
        scoring.models.offer(COARSE, 1_000);
        Deploying.deploy(
                scoring.models,
                Deployment.none(ModelName.main("raw"))
                        .challengedBy(List.of("wide"), Map.of("wide", gate))
                        .signed(Instant.parse("2026-01-01T00:00:00Z"), "eva", ""),
                challenger);
        return scoring;
    }

    /// So many more images, and the second after which they are measured.
    private void send(Scoring scoring, int count) {
        for (int i = 0; i < count; i++) {
            int grey = sent % 2 == 0 ? 0 : DARK;
            scoring.send("image-" + sent++, grey, "label", grey == 0 ? "1" : "2");
        }
        scoring.measure();
    }

    private static List<Deployment> decided(Scoring scoring) {
        return scoring.deployments.readKeyValuesToList().stream()
                .map(record -> Deployment.fromRecord(record.key, record.value))
                .toList();
    }

    private static List<StreamEvent> events(Scoring scoring) {
        return scoring.events.readValuesToList().stream()
                .map(StreamEvent::fromJson)
                .toList();
    }
}
