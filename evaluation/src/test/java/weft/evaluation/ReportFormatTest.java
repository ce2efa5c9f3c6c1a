package weft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import weft.evaluation.Report.BaselineFigures;
import weft.evaluation.Report.ModelFigures;
import weft.evaluation.Report.PipelineFigures;
import weft.evaluation.Report.SplitFigures;
import weft.evaluation.Report.StreamFigures;
import weft.kafka.wire.AssignmentTimes;
import weft.testing.TestData;

class ReportFormatTest {
    private static final Instant DUE = Instant.parse("2026-01-01T00:00:00Z");

    /// Cluster 0 is class 3 on the train split, cluster 1 class 4; on the test split one of two is right.
    private static Report report() {
        SplitTally train = new SplitTally(2);
        train.add(0, OptionalInt.of(3), 1.5);
        train.add(0, OptionalInt.of(3), 0.5);
        train.add(1, OptionalInt.of(4), 2.0);
        train.add(1, OptionalInt.empty(), 4.0);
        SplitTally test = new SplitTally(2);
        test.add(0, OptionalInt.of(4), 1.0);
        test.add(1, OptionalInt.of(4), 1.0);
        SplitFigures trainFigures = train.figures(train.table(), SmallClusterers.CENTROIDS);
        SplitFigures testFigures = test.figures(train.table(), SmallClusterers.CENTROIDS);
        StreamTally stream = new StreamTally();
        for (int i = 1; i <= 100; i++) {
            stream.add(event(i));
        }
        return new Report(
                List.of(new PipelineFigures(
                        "raw-kmeans-10",
                        "raw",
                        60_000,
                        2,
                        trainFigures,
                        testFigures,
                        Optional.of(testFigures),
                        Optional.of(new BaselineFigures(7, testFigures, testFigures)))),
                List.of(new ModelFigures("raw", 60_000, 60_000, OptionalDouble.empty(), Optional.empty())),
                stream.figures(100, Map.of("raw", 60_000L), 2, Optional.of(DUE.minusSeconds(4))));
    }

    /// Due at second i, scored i milliseconds later.
    private static AssignmentTimes event(int i) {
        return new AssignmentTimes(DUE.plusSeconds(i), DUE.plusSeconds(i).plusMillis(i));
    }

    @Test
    void theFiguresAreWhatTheySay() {
        Report report = report();
        SplitFigures train = report.pipelines().getFirst().train();
        assertThat(train.images()).isEqualTo(4);
        assertThat(train.accuracy()).hasValue(1);
        assertThat(train.inertia()).hasValue(8);
        assertThat(train.logLikelihood()).isEmpty();
        assertThat(report.pipelines().getFirst().test().accuracy()).hasValue(0.5);
        StreamFigures stream = report.stream();
        assertThat(stream.latencyMillis().p50()).isEqualTo(50);
        assertThat(stream.latencyMillis().p99()).isEqualTo(99);
        // From the first image's due time, second 1, to second 100 and a tenth.
        assertThat(stream.seconds()).isEqualTo(99.1);
        assertThat(stream.secondsToFirstAssignment()).hasValue(5.001);
    }

    @Test
    void theJsonHasTheFieldsThatOthersRelyOn() throws Exception {
        JsonNode json = new ObjectMapper().readTree(ReportFormat.json(report()));
        assertThat(names(json)).containsExactly("models", "pipelines", "stream");
        JsonNode pipeline = json.required("pipelines").get(0);
        assertThat(names(pipeline))
                .containsExactly("baseline", "k", "model", "modelVersion", "pipeline", "prequential", "test", "train");
        assertThat(names(pipeline.required("baseline"))).containsExactly("fittedOn", "test", "train");
        assertThat(pipeline.required("baseline").required("fittedOn").asInt()).isEqualTo(7);
        assertThat(names(pipeline.required("train")))
                .containsExactly("accuracy", "accuracyHungarian", "ari", "homogeneity", "images", "inertia", "nmi");
        assertThat(names(json.required("models").get(0))).containsExactly("imagesSeen", "model", "version");
        assertThat(names(json.required("stream")))
                .containsExactly(
                        "assignments",
                        "deadLetters",
                        "imagesPerSecond",
                        "imagesProduced",
                        "imagesTrained",
                        "latencyMillis",
                        "seconds",
                        "secondsToFirstAssignment");
        assertThat(names(json.required("stream").required("latencyMillis"))).containsExactly("p50", "p99");
    }

    @Test
    void theTablePutsTheStudyBesideIt() {
        assertThat(ReportFormat.table(report(), TestData.FASHION).lines())
                .anySatisfy(line -> assertThat(line).startsWith("raw-kmeans-10").contains("1.0000"))
                .anySatisfy(line -> assertThat(line).contains("batch study").contains("0.5748"));
    }

    @Test
    void aMixtureAndItsDecoderTellTheirOwnFiguresInJsonAndTable() throws Exception {
        SplitTally tally = new SplitTally(10);
        tally.add(0, OptionalInt.of(3), -20);
        SplitFigures figures = tally.figures(tally.table(), SmallClusterers.MIXTURE);
        Report report = new Report(
                List.of(new PipelineFigures(
                        "ae-gmm-10", "ae", 512, 10, figures, figures, Optional.empty(), Optional.empty())),
                List.of(new ModelFigures("ae", 512, 512, OptionalDouble.of(0.3), Optional.of("bce"))),
                new StreamTally().figures(1, Map.of("raw", 60_000L, "ae", 512L), 0, Optional.empty()));

        JsonNode json = new ObjectMapper().readTree(ReportFormat.json(report));
        JsonNode pipeline = json.required("pipelines").get(0);
        assertThat(pipeline.has("prequential")).isFalse();
        assertThat(names(pipeline.required("train")))
                .contains("logLikelihood", "bic")
                .doesNotContain("inertia");
        // Two components in one dimension have five parameters; one image: p ln 1 + 2 * 20.
        assertThat(pipeline.required("train").required("bic").asDouble()).isEqualTo(40);
        assertThat(json.required("models").get(0).required("validationLoss").asDouble())
                .isEqualTo(0.3);
        assertThat(json.required("stream").required("imagesTrained").toString())
                .isEqualTo("{\"ae\":512,\"raw\":60000}");
        assertThat(json.required("stream").has("secondsToFirstAssignment")).isFalse();
        assertThat(ReportFormat.table(report, TestData.FASHION).lines())
                .anySatisfy(line -> assertThat(line).startsWith("ae-gmm-10").contains("logL -20.00"))
                .anySatisfy(line -> assertThat(line).contains("batch study").contains("0.5143"))
                .anySatisfy(line -> assertThat(line).contains("BCE 0.3000 (batch study 0.2950)"))
                .noneSatisfy(line -> assertThat(line).contains("NaN"));
    }

    private static Set<String> names(JsonNode json) {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
