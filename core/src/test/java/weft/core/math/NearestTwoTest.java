package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the distances to all centroids, taken one by one, for values whose sketches tell much and such whose
/// sketches tell nothing.
class NearestTwoTest {
    @ParameterizedTest
    @CsvSource({
        "2, 1, 0, 0",
        "10, 784, 0, .1",
        "256, 784, 0, .1",
        "256, 784, 0, 2",
        "33, 131, 0, .1",
        "64, 128, 1000, .1",
        "64, 128, 1000, 2"
    })
    void findsTheNearestAndTheDistanceOfTheSecond(int k, int d, float where, float noise) {
        Random random = new Random(k + d);
        Matrix centroids = Matrix.of(k, d, Waves.rows(k, d, where, noise, random));
        NearestTwo two = new NearestTwo(centroids);
        float[] all = new float[k];
        for (int i = 0; i < 200; i++) {
            float[] code = Waves.rows(1, d, where, noise, random);
            Kernels.squaredDistances(centroids, code, 0, all);
            int nearest = Kernels.argmin(all, k);
            float[] sorted = all.clone();
            Arrays.sort(sorted);

            two.find(code);

            assertThat(two.nearest()).isEqualTo(nearest);
            assertThat(two.first()).isEqualTo(sorted[0]);
            assertThat(two.second()).isEqualTo(sorted[1]);
        }
    }

    @Test
    void distancesBeyondAllNumbersToo() {
        float[] rows = new float[40 * 128];
        Arrays.fill(rows, 3e18f);
        Arrays.fill(rows, 0, 128, 0);
        NearestTwo two = new NearestTwo(Matrix.of(40, 128, rows));
        two.find(new float[128]);
        assertThat(two.nearest()).isZero();
        assertThat(two.first()).isZero();
        assertThat(two.second()).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void ofTwoAsNearTheLowerIndexIsTheNearest() {
        float[] rows = Waves.rows(40, 200, 0, .1f, new Random(1));
        System.arraycopy(rows, 30 * 200, rows, 7 * 200, 200);
        NearestTwo two = new NearestTwo(Matrix.of(40, 200, rows));
        two.find(Arrays.copyOfRange(rows, 30 * 200, 31 * 200));
        assertThat(two.nearest()).isEqualTo(7);
        assertThat(two.first()).isZero();
        assertThat(two.second()).isZero();
    }
}
