package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// On whole numbers, of which every sum is exact, against plain loops.
class TriangleSetTest {
    private final Random random = new Random(5);

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "3, 4", "12, 32", "16, 5", "17, 7", "33, 37"})
    void everyTriangleHasItsNorm(int triangles, int d) {
        int size = d * (d + 1) / 2;
        float[] means = wholes(triangles * d);
        float[] factors = wholes(triangles * size);
        float[] x = wholes(d + 3);
        TriangleSet set = new TriangleSet(triangles, d, means, factors);
        float[] norms = new float[set.length()];

        for (int again = 0; again < 2; again++) {
            set.squaredNorms(x, 3, norms);

            for (int one = 0; one < triangles; one++) {
                float norm = 0;
                int at = one * size;
                for (int i = 0; i < d; i++) {
                    float y = 0;
                    for (int j = 0; j <= i; j++) {
                        y += factors[at++] * (x[3 + j] - means[one * d + j]);
                    }
                    norm += y * y;
                }
                assertThat(norms[one]).as("triangle %d", one).isEqualTo(norm);
            }
        }
    }

    private float[] wholes(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextInt(5) - 2;
        }
        return values;
    }
}
