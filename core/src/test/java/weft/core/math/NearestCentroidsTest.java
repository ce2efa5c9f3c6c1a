package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the distances to all centroids, taken one by one.
class NearestCentroidsTest {
    @ParameterizedTest
    @CsvSource({"2, 1, 1", "10, 784, 70", "256, 784, 65", "31, 128, 3", "32, 128, 64", "10, 32, 200", "3, 1000, 1"})
    void findsWhatLiesNearest(int k, int d, int n) {
        check(k, d, n, 0);
    }

    @ParameterizedTest
    @CsvSource({"10, 784, 70", "64, 32, 100"})
    void farFromZeroToo(int k, int d, int n) {
        check(k, d, n, 1e4f);
    }

    private static void check(int k, int d, int n, float where) {
        Random random = new Random(k + d + n);
        float[] centroids = random(k * d, random, where);
        float[] codes = random(n * d, random, where);
        NearestCentroids nearest = new NearestCentroids(k, d);
        nearest.use(centroids);
        int[] clusters = new int[n];
        float[] distances = new float[n];

        nearest.find(codes, n, clusters, distances);

        float[] all = new float[k];
        for (int i = 0; i < n; i++) {
            Kernels.squaredDistances(centroids, k, d, codes, i * d, all);
            int expected = Kernels.argmin(all, k);
            // Where two are as near but for rounding, either is right.
            assertThat(all[clusters[i]]).isLessThanOrEqualTo(all[expected] * (1 + 1e-5f));
            assertThat(distances[i]).isEqualTo(Kernels.squaredDistance(codes, i * d, centroids, clusters[i] * d, d));
        }
    }

    private static float[] random(int n, Random random, float where) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = where + random.nextFloat();
        }
        return values;
    }
}
