package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.math.Kernels;
import weft.core.math.NearestCentroids;
import weft.core.math.Sketches;

/// What sketches leave out changes nothing, neither where they tell much nor where they tell little.
class KMeansSketchesTest {
    private static final int DIMENSION = 130;
    private static final int K = 40;

    /// Clouds whose centres are waves, or noise.
    private static Codes clouds(boolean waves, int rows) {
        SplittableRandom random = new SplittableRandom(7);
        double[][] centres = new double[60][DIMENSION];
        for (double[] centre : centres) {
            double length = 20 + 60 * random.nextDouble();
            double phase = 7 * random.nextDouble();
            Arrays.setAll(centre, j -> waves ? Math.sin(phase + j / length) : random.nextDouble());
        }
        return new Clouds(centres, 0.25, 3).rows(rows);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lloydsRoundsMakeTheSameClustersBitForBit(boolean waves) {
        assertThat(NearestCentroids.costly(K, DIMENSION)).isTrue();
        Codes codes = clouds(waves, 1_501);
        float[] start = Arrays.copyOf(codes.values(), K * DIMENSION);
        for (int rounds : new int[] {2, 5, 25}) {
            KMeans fit = KMeans.refine(codes, start, K, rounds);
            Plain plain = new Plain(codes, start.clone(), rounds);
            assertThat(fit.clusters()).isEqualTo(plain.clusters);
            assertThat(fit.centroids()).isEqualTo(plain.centroids);
            assertThat(fit.inertia()).isEqualTo(plain.inertia());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSameCandidatesAreChosen(boolean waves) {
        Codes codes = clouds(waves, 700);
        Candidates sketched = new Candidates(codes, 5, new Sketches(codes.values(), codes.rows(), DIMENSION));
        Candidates plain = new Candidates(codes, 5, null);
        float[] nearest = new float[codes.rows()];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = Kernels.squaredDistance(codes.values(), codes.offset(i), codes.values(), 0, DIMENSION);
        }
        float[] nearestPlain = nearest.clone();
        SplittableRandom random = new SplittableRandom(1);
        SplittableRandom randomPlain = new SplittableRandom(1);
        for (int step = 0; step < 50; step++) {
            assertThat(sketched.best(nearest, random)).isEqualTo(plain.best(nearestPlain, randomPlain));
            assertThat(nearest).isEqualTo(nearestPlain);
        }
    }

    /// Lloyd's rounds that look at everything.
    private static final class Plain {
        private final float[] centroids;
        private final int[] clusters;
        private final float[] distances;

        Plain(Codes codes, float[] start, int rounds) {
            centroids = start;
            clusters = new int[codes.rows()];
            distances = new float[codes.rows()];
            float[] all = new float[K];
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < codes.rows(); i++) {
                    Kernels.squaredDistances(centroids, K, DIMENSION, codes.values(), codes.offset(i), all);
                    clusters[i] = Kernels.argmin(all, K);
                    distances[i] = all[clusters[i]];
                }
                if (round < rounds) {
                    update(codes);
                }
            }
        }

        private void update(Codes codes) {
            float[] sums = new float[centroids.length];
            int[] counts = new int[K];
            for (int i = 0; i < codes.rows(); i++) {
                counts[clusters[i]]++;
                Kernels.axpy(1, codes.values(), codes.offset(i), sums, clusters[i] * DIMENSION, DIMENSION);
            }
            assertThat(counts).as("no cluster is empty").doesNotContain(0);
            for (int i = 0; i < sums.length; i++) {
                centroids[i] = sums[i] * (1f / counts[i / DIMENSION]);
            }
        }

        double inertia() {
            double sum = 0;
            for (float distance : distances) {
                sum += distance;
            }
            return sum;
        }
    }
}
