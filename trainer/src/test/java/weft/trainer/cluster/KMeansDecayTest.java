package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.model.Centroids;

class KMeansDecayTest {
    @ParameterizedTest
    @CsvSource({"STILL, 20000", "TRANSPORT, 10000"})
    void decaysItsSumsByTheFormula(Follow follow, double memory) {
        KMeansLearner learner = started(follow, copies(2_000, 0, 2_000, 10));
        int low = centroid(learner, 0) < centroid(learner, 1) ? 0 : 1;
        int[] labels = new int[3_000];

        learner.learn(copies(2_000, 3, 1_000, 9), labels);
        learner.learn(copies(500, 1, 1_500, 12), labels);

        double f = Math.exp(-3_000 / memory);
        double g = Math.exp(-2_000 / memory);
        double lowSum = (2_000 * 0 * f + 2_000 * 3) * g + 500 * 1;
        double lowCount = (2_000 * f + 2_000) * g + 500;
        double highSum = (2_000 * 10 * f + 1_000 * 9) * g + 1_500 * 12;
        double highCount = (2_000 * f + 1_000) * g + 1_500;
        assertThat(centroid(learner, low)).isCloseTo(lowSum / lowCount, Percentage.withPercentage(1e-4));
        assertThat(centroid(learner, 1 - low)).isCloseTo(highSum / highCount, Percentage.withPercentage(1e-4));
        assertThat(labels[0]).isEqualTo(low);
        assertThat(labels[1_999]).isEqualTo(1 - low);

        // Distances are to the centroids from before each batch.
        double lowBefore = 6_000 / (2_000 * f + 2_000);
        double highBefore = (20_000 * f + 9_000) / (2_000 * f + 1_000);
        double inertia = 2_000 * 9 + 1_000 + 500 * square(1 - lowBefore) + 1_500 * square(12 - highBefore);
        assertThat(learner.measures().get("inertia")).isCloseTo(inertia / 5_000, Percentage.withPercentage(1e-3));
        assertThat(learner.measures()).as("since the last call").isEmpty();
    }

    @Test
    void theSizeOfABatchMakesLittleDifference() {
        Codes codes = Blobs.of(8_000, 4, 2, 1, 1);
        KMeansLearner small = started(Follow.STILL, Blobs.range(codes, 0, 1_000));
        KMeansLearner large = started(Follow.STILL, Blobs.range(codes, 0, 1_000));
        for (int at = 1_000; at < 8_000; at += 700) {
            large.learn(Blobs.range(codes, at, at + 700), new int[700]);
            for (int part = at; part < at + 700; part += 35) {
                small.learn(Blobs.range(codes, part, part + 35), new int[35]);
            }
        }
        assertThat(centroids(small)).containsExactly(centroids(large), within(.02f));
    }

    @Test
    void seedsADyingClusterAnewAndCountsIt() {
        KMeansLearner learner = started(Follow.STILL, copies(1_000, 0, 5, 100));
        int dying = centroid(learner, 0) > 50 ? 0 : 1;

        learner.learn(copies(9, 0, 1, 7), new int[10]);

        assertThat(learner.reseeds()).isEqualTo(1);
        assertThat(centroid(learner, dying)).isEqualTo(7);
        assertThat(centroid(learner, 1 - dying)).isCloseTo(7 / 1_010.0, within(1e-3));

        int[] labels = new int[100];
        learner.learn(copies(90, 0, 10, 7), labels);
        assertThat(learner.reseeds()).isEqualTo(1);
        assertThat(labels[95]).isEqualTo(dying);
        assertThat(centroid(learner, dying)).isCloseTo(7, within(1e-4));
    }

    @Test
    void doesNotSeedAnewWhereEveryCodeFits() {
        KMeansLearner learner = started(Follow.STILL, copies(1_000, 0, 5, 100));

        learner.learn(copies(10, 0, 0, 0), new int[10]);

        assertThat(learner.reseeds()).isZero();
    }

    private static KMeansLearner started(Follow follow, Codes window) {
        int k = window.dimension() == 1 ? 2 : 4;
        KMeansLearner learner = new KMeansLearner(new KMeansLearner.Settings(k, window.dimension(), follow, false, 1));
        learner.follow(window, none(window.rows()), 500);
        return learner;
    }

    private static int[] none(int rows) {
        int[] labels = new int[rows];
        Arrays.fill(labels, -1);
        return labels;
    }

    private static Codes copies(int lows, float low, int highs, float high) {
        Codes codes = new Codes(lows + highs, 1);
        for (int i = 0; i < lows + highs; i++) {
            codes.add(new float[] {i < lows ? low : high}, 0);
        }
        return codes;
    }

    private static double centroid(KMeansLearner learner, int cluster) {
        return centroids(learner)[cluster];
    }

    private static float[] centroids(KMeansLearner learner) {
        return ((Centroids) learner.clusterer()).centroids().toArray();
    }

    private static double square(double value) {
        return value * value;
    }
}
