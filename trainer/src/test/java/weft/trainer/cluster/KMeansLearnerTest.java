package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import weft.core.model.Centroids;

class KMeansLearnerTest {
    private static final double[][] CENTRES = {{0, 0}, {10, 0}, {0, 10}, {10, 10}};

    private static KMeansLearner learner(int k, int d, Follow follow, boolean normalised) {
        return new KMeansLearner(new KMeansLearner.Settings(k, d, follow, normalised, 7));
    }

    private static int[] none(int rows) {
        int[] labels = new int[rows];
        Arrays.fill(labels, -1);
        return labels;
    }

    @Test
    void beforeTheFirstFitNothingIsAssigned() {
        KMeansLearner learner = learner(2, 2, Follow.STILL, false);
        int[] labels = new int[4];
        learner.learn(new Clouds(CENTRES, 1, 1).rows(4), labels);
        assertThat(labels).containsOnly(-1);
        assertThat(learner.started()).isFalse();
        assertThat(learner.measures()).isEmpty();
    }

    @Test
    void aBatchMovesCentroidsByDecayedSums() {
        KMeansLearner learner = learner(2, 1, Follow.STILL, false);
        Codes window = new Codes(4, 1);
        for (float value : new float[] {0, 1, 10, 11}) {
            window.add(new float[] {value}, 0);
        }
        learner.follow(window, none(4), 4);
        Codes batch = new Codes(2, 1);
        batch.add(new float[] {2}, 0);
        batch.add(new float[] {12}, 0);
        int[] labels = new int[2];
        learner.learn(batch, labels);
        // f = e^(-2/20000); low cluster: S = 1 f + 2, n = 2 f + 1; high cluster: S = 21 f + 12, n = 2 f + 1.
        double f = Math.exp(-2 / 20_000.0);
        Centroids centroids = (Centroids) learner.clusterer();
        assertThat(centroids.centroids().get(labels[0], 0)).isCloseTo((float) ((f + 2) / (2 * f + 1)), within(1e-6f));
        assertThat(centroids.centroids().get(labels[1], 0))
                .isCloseTo((float) ((21 * f + 12) / (2 * f + 1)), within(1e-5f));
        // Squared distances to the centroids .5 and 10.5 before the step.
        assertThat(learner.measures().get("inertia")).isCloseTo(2.25, within(1e-6));
    }

    @Test
    void aDyingClusterIsPutOnTheWorstFittingCode() {
        KMeansLearner learner = learner(2, 1, Follow.STILL, false);
        Codes window = new Codes(4, 1);
        for (float value : new float[] {0, 1, 100, 101}) {
            window.add(new float[] {value}, 0);
        }
        learner.follow(window, none(4), 4);
        Codes stream = new Codes(64, 1);
        for (int i = 0; i < 64; i++) {
            stream.add(new float[] {i % 2 == 0 ? 0 : 20}, 0);
        }
        for (int batch = 0; batch < 400; batch++) {
            learner.learn(stream, new int[64]);
        }
        assertThat(learner.reseeds()).isPositive();
        Centroids centroids = (Centroids) learner.clusterer();
        assertThat(new float[] {
                    centroids.centroids().get(0, 0), centroids.centroids().get(1, 0)
                })
                .satisfies(found -> {
                    float[] sorted = found.clone();
                    Arrays.sort(sorted);
                    assertThat(sorted[0]).isCloseTo(0f, within(0.5f));
                    assertThat(sorted[1]).isCloseTo(20f, within(0.5f));
                });
    }

    @Test
    void clustersKeepTheirIdsAndTheirPlaceWhenTheEncoderMoves() {
        KMeansLearner learner = learner(4, 2, Follow.TRANSPORT, false);
        Codes before = new Clouds(CENTRES, 0.5, 3).rows(1_000);
        int[] labels = none(1_000);
        learner.follow(before, labels, 512);
        int[] old = labels.clone();
        // The whole space turns by ninety degrees and shrinks by half.
        Codes after = new Codes(1_000, 2);
        for (int i = 0; i < 1_000; i++) {
            float x = before.values()[2 * i];
            float y = before.values()[2 * i + 1];
            after.add(new float[] {-y / 2, x / 2}, 0);
        }
        learner.follow(after, labels, 1_000);
        assertThat(labels).isEqualTo(old);
        Centroids moved = (Centroids) learner.clusterer();
        int corner = labels[3];
        assertThat(moved.centroids().get(corner, 0)).isCloseTo(-5f, within(0.1f));
        assertThat(moved.centroids().get(corner, 1)).isCloseTo(5f, within(0.1f));
    }

    @Test
    void aRefitKeepsIds() {
        KMeansLearner learner = learner(4, 2, Follow.STILL, false);
        Codes window = new Clouds(CENTRES, 0.5, 3).rows(1_000);
        int[] labels = none(1_000);
        learner.follow(window, labels, 512);
        int[] first = labels.clone();
        learner.follow(window, labels, 2_048);
        assertThat(labels).isEqualTo(first);
    }

    @Test
    void normalisedCodesAreClusteredByDirection() {
        KMeansLearner learner = learner(2, 2, Follow.TRANSPORT, true);
        Codes window = new Codes(40, 2);
        for (int i = 0; i < 40; i++) {
            float length = 1 + i;
            window.add(i % 2 == 0 ? new float[] {length, 0} : new float[] {0, length}, 0);
        }
        int[] labels = none(40);
        learner.follow(window, labels, 512);
        for (int i = 2; i < 40; i++) {
            assertThat(labels[i]).isEqualTo(labels[i % 2]);
        }
        assertThat(((Centroids) learner.clusterer()).normalised()).isTrue();
    }

    @Test
    void manyClustersComeWithinTwoPercentOfBatchKMeans() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] centres = new double[64][8];
        for (double[] centre : centres) {
            Arrays.setAll(centre, _ -> 10 * random.nextDouble());
        }
        Clouds clouds = new Clouds(centres, 1, 6);
        KMeansLearner learner = learner(64, 8, Follow.STILL, false);
        Codes window = clouds.rows(2_048);
        learner.follow(window, none(2_048), 2_048);
        for (int batch = 0; batch < 150; batch++) {
            learner.learn(clouds.rows(64), new int[64]);
        }
        Codes fresh = clouds.rows(4_096);
        Centroids centroids = (Centroids) learner.clusterer();
        double stream =
                KMeans.refine(fresh, centroids.centroids().toArray(), 64, 0).inertia();
        double best = Double.POSITIVE_INFINITY;
        for (int seed = 0; seed < 5; seed++) {
            KMeans batch = KMeans.fit(clouds.rows(4_096), 64, 50, new SplittableRandom(seed));
            best = Math.min(best, KMeans.refine(fresh, batch.centroids(), 64, 0).inertia());
        }
        assertThat(stream / best).isLessThan(1.05);
    }
}
