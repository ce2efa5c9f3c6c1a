package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import weft.core.math.Kernels;
import weft.core.math.NearestCentroids;

class LowerBoundsTest {
    private static final int DIMENSION = 130;
    private static final int K = 40;

    @Test
    void aCodeIsCertainUntilAnotherCentroidMayHaveComeNearer() {
        LowerBounds bounds = new LowerBounds(1, 3, 3);
        assertThat(bounds.known(0)).isFalse();
        bounds.taken(0, new float[] {1, 16, 100}, 0);
        assertThat(bounds.certain(0, 0, 1)).isTrue();
        bounds.moved(new float[] {0.5f, 2, 2});
        // The second is no nearer than 2, the third no nearer than 8.
        assertThat(bounds.certain(0, 0, 1.9f * 1.9f)).isTrue();
        assertThat(bounds.certain(0, 0, 2)).isTrue();
        assertThat(bounds.certain(0, 0, 2 * 2)).isFalse();
        bounds.moved(new float[] {0, 0, 6.5f});
        assertThat(bounds.certain(0, 0, 1.9f * 1.9f))
                .as("the third may be as near as 1.5")
                .isFalse();
        bounds.taken(0, new float[] {1, 16, 100}, 0);
        assertThat(bounds.certain(0, 0, 3.9f * 3.9f)).isTrue();
    }

    @Test
    void fewerDistancesMakeTheSameClustersBitForBit() {
        assertThat(NearestCentroids.costly(K, DIMENSION)).isTrue();
        SplittableRandom random = new SplittableRandom(7);
        double[][] centres = new double[60][DIMENSION];
        for (double[] centre : centres) {
            Arrays.setAll(centre, _ -> random.nextDouble());
        }
        Codes codes = new Clouds(centres, 0.25, 3).rows(1_501);
        float[] start = Arrays.copyOf(codes.values(), K * DIMENSION);
        for (int rounds : new int[] {2, 5, 25}) {
            KMeans fit = KMeans.refine(codes, start, K, rounds);
            Plain plain = new Plain(codes, start.clone(), rounds);
            assertThat(fit.clusters()).isEqualTo(plain.clusters);
            assertThat(fit.centroids()).isEqualTo(plain.centroids);
            assertThat(fit.inertia()).isEqualTo(plain.inertia());
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
            NearestCentroids among = new NearestCentroids(K, DIMENSION);
            for (int round = 0; round <= rounds; round++) {
                among.use(centroids);
                among.find(codes.values(), codes.rows(), clusters, distances);
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
