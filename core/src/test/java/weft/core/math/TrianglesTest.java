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
    void squaredNormIsThatOfTheProduct(int n) {
        double[] triangle = new double[n * (n + 1) / 2];
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(5) - 2;
        }
        double expected = 0;
        int at = 0;
        for (int i = 0; i < n; i++) {
            double y = 0;
            for (int j = 0; j <= i; j++) {
                triangle[at] = random.nextInt(5) - 2;
                y += triangle[at++] * x[j];
            }
            expected += y * y;
        }
        double[] columns = new double[Triangles.doublesLength(n)];
        Triangles.doubleColumns(triangle, n, columns);

        assertThat(Triangles.squaredNorm(columns, x, n)).isEqualTo(expected);
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
