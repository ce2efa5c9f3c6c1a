package weft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import weft.core.metric.Quality;
import weft.evaluation.Report.SplitFigures;
import weft.evaluation.Report.StreamFigures;
import weft.kafka.wire.AssignmentTimes;

class TalliesTest {
    private static final Instant DUE = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aMixtureHasTheMeanLogLikelihoodAndNoInertia() {
        SplitTally tally = new SplitTally(2);
        tally.add(0, OptionalInt.of(3), -10);
        tally.add(1, OptionalInt.empty(), -30);

        SplitFigures figures = tally.figures(tally.table(), SmallClusterers.MIXTURE);

        assertThat(figures.images()).isEqualTo(2);
        assertThat(figures.logLikelihood()).hasValue(-20);
        assertThat(figures.inertia()).isEmpty();
    }

    @Test
    void theClassesOfTheClustersComeFromTheTrainSplit() {
        SplitTally train = new SplitTally(2);
        train.add(0, OptionalInt.of(3), 1);
        train.add(1, OptionalInt.of(4), 1);
        SplitTally test = new SplitTally(2);
        for (int label : new int[] {4, 4, 3}) {
            test.add(0, OptionalInt.of(label), 1);
        }
        test.add(1, OptionalInt.of(3), 1);

        SplitFigures figures = test.figures(train.table(), SmallClusterers.CENTROIDS);

        // By its own majority the test split would have three of four right.
        assertThat(figures.accuracy()).hasValue(0.25);
        assertThat(figures.accuracyHungarian()).hasValue(0.25);
        assertThat(figures.ari().orElseThrow())
                .isCloseTo(Quality.of(test.table()).ari(), within(1e-12));
    }

    @Test
    void withoutLabelsOnlyTheUnsupervisedFiguresAreThere() {
        SplitTally tally = new SplitTally(2);
        tally.add(0, OptionalInt.empty(), 1.5);

        SplitFigures figures = tally.figures(tally.table(), SmallClusterers.CENTROIDS);

        assertThat(figures.inertia()).hasValue(1.5);
        assertThat(figures.accuracy()).isEmpty();
        assertThat(figures.homogeneity()).isEmpty();
        assertThat(figures.ari()).isEmpty();
    }

    private static AssignmentTimes event(int latencyMillis) {
        return new AssignmentTimes(DUE, DUE.plusMillis(latencyMillis));
    }

    private static StreamFigures stream(int... latencies) {
        StreamTally tally = new StreamTally();
        for (int latency : latencies) {
            tally.add(event(latency));
        }
        return tally.figures(500, Map.of("raw", 7L), 2, Optional.empty());
    }

    @Test
    void percentilesAreOfTheNearestRankInWhateverOrderTheyCome() {
        assertThat(stream(30, 10).latencyMillis().p50()).isEqualTo(10);
        assertThat(stream(30, 10).latencyMillis().p99()).isEqualTo(30);
        assertThat(stream(30, 10, 20).latencyMillis().p50()).isEqualTo(20);
        assertThat(stream(42).latencyMillis().p99()).isEqualTo(42);
    }

    @Test
    void theRateIsThatOfImagesUntilTheLastAssignment() {
        StreamFigures figures = stream(500, 2_000, 1_000);

        assertThat(figures.assignments()).isEqualTo(3);
        assertThat(figures.deadLetters()).isEqualTo(2);
        assertThat(figures.seconds()).isEqualTo(2);
        assertThat(figures.imagesPerSecond()).isEqualTo(250);
        assertThat(figures.secondsToFirstAssignment()).hasValue(0.5);
    }

    @Test
    void manyLatenciesHaveThreeDigits() {
        int[] latencies = new int[10_000];
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = latencies.length - i;
        }

        assertThat(stream(latencies).latencyMillis().p99()).isBetween(9_900.0, 9_910.0);
    }

    @Test
    void aStreamWithoutAssignmentsHasNoTimes() {
        StreamFigures figures = stream();

        assertThat(figures.imagesProduced()).isEqualTo(500);
        assertThat(figures.assignments()).isZero();
        assertThat(figures.imagesPerSecond()).isZero();
        assertThat(figures.secondsToFirstAssignment()).isEmpty();
    }

    @Test
    void assignmentsFromBeforeTheCommandSayNothingOfItsStart() {
        StreamTally tally = new StreamTally();
        tally.add(event(10));

        assertThat(tally.figures(1, Map.of(), 0, Optional.of(DUE.plusSeconds(60)))
                        .secondsToFirstAssignment())
                .isEmpty();
    }
}
