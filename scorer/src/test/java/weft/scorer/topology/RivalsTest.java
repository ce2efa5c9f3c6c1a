package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.model.ModelName;
import weft.core.model.Snapshot;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigures;
import weft.scorer.TestModels;
import weft.scorer.models.Deploying;

/// A champion and a challenger on the same images: what is emitted and what is counted.
class RivalsTest {
    private static final String DARK = "1";
    private static final String BRIGHT = "2";

    /// Cluster 0 is dark and cluster 1 bright.
    private static final Snapshot MAIN = TestModels.snapshot(100, 0, 0, 1);

    /// All but the brightest are in cluster 1.
    private static final Snapshot WIDE = TestModels.as(TestModels.snapshot(7, 0, 1, 0), "wide");

    @TempDir
    private Path state;

    @Test
    void aChallengerIsCountedByItselfAndEmitsNothing() throws Exception {
        try (Scoring scoring = new Scoring(state, 1, "raw-kmeans-2")) {
            begin(scoring);
            send(scoring, "a", 0, 10);
            assertThat(emitted(scoring)).allSatisfy(event -> {
                assertThat(event.pipeline()).isEqualTo("raw-kmeans-2");
                assertThat(event.modelVersion()).isEqualTo(100);
            });
            Map<String, QualityEvent> quality = measure(scoring);
            assertThat(quality).containsOnlyKeys("raw-kmeans-2", "raw-kmeans-2@wide");
            assertThat(images(quality, "raw-kmeans-2")).isEqualTo(10);
            assertThat(images(quality, "raw-kmeans-2@wide")).isEqualTo(10);
            assertThat(of(quality, "raw-kmeans-2@wide").modelVersion()).isEqualTo(7);
        }
    }

    @Test
    void afterAPromotionTheNamesChangeHandsAndTheCountsDoNot() throws Exception {
        try (Scoring scoring = new Scoring(state, 1, "raw-kmeans-2")) {
            begin(scoring);
            send(scoring, "a", 0, 10);
            scoring.send("late", 250);
            emitted(scoring);
            measure(scoring);
            Deploying.deploy(scoring.models, challenged().serving("wide", OptionalLong.empty()));
            Map<String, QualityEvent> promoted = measure(scoring);
            assertThat(promoted).containsOnlyKeys("raw-kmeans-2");
            assertThat(of(promoted, "raw-kmeans-2").modelVersion()).isEqualTo(7);
            assertThat(images(promoted, "raw-kmeans-2"))
                    .as("what it judged as a challenger")
                    .isEqualTo(11);
            send(scoring, "b", 10, 15);
            List<AssignmentEvent> events = emitted(scoring);
            assertThat(events).hasSize(5).allSatisfy(event -> {
                assertThat(event.pipeline()).isEqualTo("raw-kmeans-2");
                assertThat(event.modelVersion()).isEqualTo(7);
            });
            // Judged by both before the promotion, it counts for both.
            scoring.label("late", BRIGHT);
            assertThat(images(measure(scoring), "raw-kmeans-2")).isEqualTo(16);
            Deploying.deploy(scoring.models, Deployment.none(ModelName.main("raw")));
            Map<String, QualityEvent> back = measure(scoring);
            assertThat(images(back, "raw-kmeans-2")).isEqualTo(11);
            assertThat(of(back, "raw-kmeans-2").value(QualityFigures.named("prequentialImages")))
                    .hasValue(11);
        }
    }

    @Test
    void theRunIsToldWithEachAssignmentThatAnotherRunGave() throws Exception {
        try (Scoring scoring = new Scoring(state, 1, "raw-kmeans-2")) {
            begin(scoring);
            send(scoring, "a", 0, 1);
            assertThat(json(scoring)).singleElement().asString().doesNotContain("\"run\"");
            Deploying.deploy(scoring.models, challenged().serving("wide", OptionalLong.empty()));
            send(scoring, "b", 0, 1);
            assertThat(json(scoring))
                    .singleElement()
                    .asString()
                    .contains("\"pipeline\":\"raw-kmeans-2\",\"run\":\"wide\"");
        }
    }

    @Test
    void challengersEmitWhereTheyAreAskedTo() throws Exception {
        try (Scoring scoring = Scoring.publishingChallengers(state, "raw-kmeans-2")) {
            begin(scoring);
            send(scoring, "a", 0, 3);
            assertThat(emitted(scoring))
                    .extracting(AssignmentEvent::pipeline)
                    .containsExactly(
                            "raw-kmeans-2",
                            "raw-kmeans-2@wide",
                            "raw-kmeans-2",
                            "raw-kmeans-2@wide",
                            "raw-kmeans-2",
                            "raw-kmeans-2@wide");
        }
    }

    @Test
    void aChallengerWithoutASnapshotIsPassedOver() throws Exception {
        try (Scoring scoring = Scoring.publishingChallengers(state, "raw-kmeans-2")) {
            scoring.models.offer(MAIN, 1_000);
            Deploying.deploy(scoring.models, challenged());
            send(scoring, "a", 0, 2);
            assertThat(emitted(scoring))
                    .extracting(AssignmentEvent::pipeline)
                    .containsExactly("raw-kmeans-2", "raw-kmeans-2");
        }
    }

    @Test
    void aRollbackIsInUseForTheNextImage() throws Exception {
        try (Scoring scoring = new Scoring(state, 1, "raw-kmeans-2")) {
            scoring.models.offer(MAIN, 1_000);
            scoring.models.offer(TestModels.snapshot(200, 0, 0, 1), 1_000);
            send(scoring, "a", 0, 1);
            Deploying.pin(scoring.models, MAIN);
            send(scoring, "b", 0, 1);
            assertThat(emitted(scoring))
                    .extracting(AssignmentEvent::modelVersion)
                    .containsExactly(200L, 100L);
        }
    }

    private static Deployment challenged() {
        return Deployment.none(ModelName.main("raw")).challengedBy(List.of("wide"), Map.of());
    }

    private static void begin(Scoring scoring) throws Exception {
        scoring.models.offer(MAIN, 1_000);
        Deploying.deploy(scoring.models, challenged(), WIDE);
    }

    private static void send(Scoring scoring, String name, int from, int to) {
        for (int i = from; i < to; i++) {
            scoring.send(name + i, i % 2 == 0 ? 0 : 255, "label", i % 2 == 0 ? DARK : BRIGHT);
        }
    }

    private static List<String> json(Scoring scoring) {
        return scoring.assignments.readValuesToList().stream()
                .map(value -> new String(value, java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    private static List<AssignmentEvent> emitted(Scoring scoring) {
        return scoring.assignments.readValuesToList().stream()
                .map(AssignmentEvent::fromJson)
                .toList();
    }

    private static Map<String, QualityEvent> measure(Scoring scoring) {
        Map<String, QualityEvent> byName = new TreeMap<>();
        scoring.measure().forEach(event -> byName.put(event.pipeline(), event));
        return byName;
    }

    private static double images(Map<String, QualityEvent> quality, String pipeline) {
        return of(quality, pipeline).value(QualityFigures.IMAGES).orElse(0);
    }

    private static QualityEvent of(Map<String, QualityEvent> quality, String pipeline) {
        return Optional.ofNullable(quality.get(pipeline)).orElseThrow();
    }
}
