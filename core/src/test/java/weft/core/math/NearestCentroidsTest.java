package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

    /// The sketches of the first are close, those of the second are given up after a block.
    @ParameterizedTest
    @CsvSource({"256, 784, 200, .1", "256, 784, 200, 2", "40, 131, 130, .1", "40, 131, 130, 2"})
    void whateverSketchesTell(int k, int d, int n, float noise) {
        Random random = new Random(k + d + n);
        float[] centroids = Waves.rows(k, d, 0, noise, random);
        float[] codes = Waves.rows(n, d, 0, noise, random);
        check(k, d, n, centroids, codes, null);
        check(k, d, n, centroids, codes, new Sketches(codes, n, d));
    }

    @Test
    void ofTwoAsNearTheLowerIndexAndAWordSaysWhatHasMoved() {
        int d = 200;
        float[] centroids = Waves.rows(40, d, 0, .1f, new Random(1));
        System.arraycopy(centroids, 30 * d, centroids, 7 * d, d);
        float[] code = Arrays.copyOfRange(centroids, 30 * d, 31 * d);
        NearestCentroids nearest = new NearestCentroids(40, d);
        nearest.use(centroids);
        int[] cluster = new int[1];
        nearest.find(code, 1, cluster, new float[1]);
        assertThat(cluster).containsExactly(7);
        centroids[7 * d] += 1;
        nearest.moved(7);
        nearest.find(code, 1, cluster, new float[1]);
        assertThat(cluster).containsExactly(30);
    }

    private static void check(int k, int d, int n, float where) {
        Random random = new Random(k + d + n);
        float[] centroids = random(k * d, random, where);
        float[] codes = random(n * d, random, where);
        check(k, d, n, centroids, codes, null);
    }

    private static void check(int k, int d, int n, float[] centroids, float[] codes, @Nullable Sketches sketches) {
        NearestCentroids nearest = new NearestCentroids(k, d);
        nearest.use(centroids);
        int[] clusters = new int[n];
        float[] distances = new float[n];

        nearest.find(codes, sketches, n, clusters, distances);

        float[] all = new float[k];
        for (int i = 0; i < n; i++) {
            Kernels.squaredDistances(centroids, k, d, codes, i * d, all);
            int expected = Kernels.argmin(all, k);
            assertThat(clusters[i]).isEqualTo(expected);
            assertThat(distances[i]).isEqualTo(all[expected]);
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
