package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// On whole numbers, of which every sum is exact.
class TrianglesTest {
    private final Random random = new Random(7);

    static IntStream lengths() {
        return IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(129));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void squaredNormsAreThoseOfTheProducts(int n) {
        double[] triangle = wholes(n * (n + 1) / 2);
        double[] x = wholes(n * Triangles.LANES);
        double[] norms = new double[3 + Triangles.LANES];

        Triangles.squaredNorms(triangle, x, n, norms, 3);

        for (int lane = 0; lane < Triangles.LANES; lane++) {
            double expected = 0;
            int at = 0;
            for (int i = 0; i < n; i++) {
                double y = 0;
                for (int j = 0; j <= i; j++) {
                    y += triangle[at++] * x[j * Triangles.LANES + lane];
                }
                expected += y * y;
            }
            assertThat(norms[3 + lane]).as("lane %d", lane).isEqualTo(expected);
        }
    }

    private double[] wholes(int count) {
        return random.ints(count, -2, 3).asDoubleStream().toArray();
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void axpyAddsAMultiple(int n) {
        double[] x = random.doubles(n + 2).toArray();
        double[] y = random.doubles(n + 9).toArray();
        double[] expected = y.clone();
        for (int i = 0; i < n; i++) {
            expected[4 + i] = Math.fma(-1.5, x[i], y[4 + i]);
        }

        Triangles.axpy(-1.5, x, y, 4, n);

        assertThat(y).isEqualTo(expected);
    }
}
