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
    @CsvSource({
        "2, 1, 1",
        "10, 784, 70",
        "256, 784, 65",
        "31, 128, 3",
        "32, 128, 64",
        "10, 32, 200",
        "3, 1000, 1",
        "3, 1000, 9",
        "31, 131, 70",
        "1, 133, 6",
        "5, 143, 67"
    })
    void findsWhatLiesNearest(int k, int d, int n) {
        check(k, d, n, 0);
    }

    @ParameterizedTest
    @CsvSource({"10, 784, 70", "64, 32, 100"})
    void farFromZeroToo(int k, int d, int n) {
        check(k, d, n, 1e4f);
    }

    @ParameterizedTest
    @CsvSource({
        "256, 784, 600, .1, 0, SKETCHES",
        "256, 784, 600, 2, 0, PRODUCTS",
        "40, 131, 600, .1, 0, SKETCHES",
        "40, 131, 600, 2, 0, PRODUCTS",
        "40, 131, 600, .1, 50, SKETCHES",
        "33, 256, 200, 2, 0, SKETCHES"
    })
    void sketchesAreGivenUpWhereTheyTellNothing(int k, int d, int n, float noise, float where, NearestCentroids.By by) {
        Random random = new Random(k + d + n);
        float[] centroids = Waves.rows(k, d, where, noise, random);
        float[] codes = Waves.rows(n, d, where, noise, random);
        assertThat(check(k, d, n, centroids, codes, null).by()).isEqualTo(by);
        NearestCentroids nearest = check(k, d, n, centroids, codes, new Sketches(codes, n, d));
        assertThat(nearest.by()).isEqualTo(by);

        // What moves is known however it looks, and other centroids are tried anew.
        System.arraycopy(codes, (n - 1) * d, centroids, 3 * d, d);
        nearest.moved(3);
        check(k, d, 100, centroids, codes, null, nearest);
        int[] cluster = new int[1];
        nearest.find(Arrays.copyOfRange(codes, (n - 1) * d, n * d), 1, cluster, new float[1]);
        assertThat(cluster).containsExactly(3);
        nearest.use(centroids);
        assertThat(nearest.by()).isEqualTo(NearestCentroids.By.SKETCHES);
        check(k, d, n, centroids, codes, null, nearest);
    }

    /// Of rows that are all alike rounding always goes the same way.
    @ParameterizedTest
    @CsvSource({"3072, 1000, .9, .915", "16384, 100, .75, .8", "128, 300, 1e-22, 3e-22"})
    void flatImagesToo(int d, int n, float from, float to) {
        int k = 64;
        float[] centroids = new float[k * d];
        float[] codes = new float[n * d];
        for (int c = 0; c < k; c++) {
            float grey = c < 40 ? from + (to - from) * c / 40 : from / 10 * (c - 40) / 24;
            Arrays.fill(centroids, c * d, (c + 1) * d, grey);
        }
        for (int i = 0; i < n; i++) {
            Arrays.fill(codes, i * d, (i + 1) * d, from + (to - from) * i / n);
        }
        check(k, d, n, centroids, codes, null);
    }

    @Test
    void centroidsThatAreAllAlikeAreSimplyLookedAt() {
        float[] rows = new float[600 * 200];
        assertThat(check(64, 200, 600, new float[64 * 200], rows, null).by()).isEqualTo(NearestCentroids.By.NOTHING);
        assertThat(check(64, 20, 600, new float[64 * 20], rows, null).by()).isEqualTo(NearestCentroids.By.NOTHING);
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

    private static NearestCentroids check(
            int k, int d, int n, float[] centroids, float[] codes, @Nullable Sketches sketches) {
        NearestCentroids nearest = new NearestCentroids(k, d);
        nearest.use(centroids);
        check(k, d, n, centroids, codes, sketches, nearest);
        return nearest;
    }

    private static void check(
            int k,
            int d,
            int n,
            float[] centroids,
            float[] codes,
            @Nullable Sketches sketches,
            NearestCentroids nearest) {
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
