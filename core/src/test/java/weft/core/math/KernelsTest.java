package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against plain loops of doubles: the inputs are small whole numbers, so that every sum is exact in any order.
class KernelsTest {
    /// Before and behind every operand: a kernel that reads or writes there is found out.
    private static final float FENCE = 1e20f;

    private static final int BEFORE = 3;
    private static final int BEHIND = 70;

    private final Random random = new Random(7);

    static IntStream lengths() {
        return IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(784));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void squaredDistanceAndDot(int n) {
        float[] a = fenced(n);
        float[] b = fenced(n);
        double distance = 0;
        double dot = 0;
        for (int i = BEFORE; i < BEFORE + n; i++) {
            distance += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            dot += (double) a[i] * b[i];
        }

        assertThat(Kernels.squaredDistance(a, BEFORE, b, BEFORE, n)).isEqualTo((float) distance);
        assertThat(Kernels.dot(a, BEFORE, b, BEFORE, n)).isEqualTo((float) dot);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void squaredDistancesToAnyNumberOfRows(int n) {
        for (int rows = 1; rows <= 9; rows++) {
            float[] x = fenced(n);
            float[] values = whole(rows * n);
            double[] expected = new double[rows];
            for (int i = 0; i < values.length; i++) {
                double d = (double) values[i] - x[BEFORE + i % n];
                expected[i / n] += d * d;
            }
            float[] ofMatrix = new float[rows];
            float[] ofArray = new float[rows];

            Kernels.squaredDistances(Matrix.of(rows, n, values), x, BEFORE, ofMatrix);
            Kernels.squaredDistances(values, rows, n, x, BEFORE, ofArray);

            assertThat(ofMatrix).isEqualTo(floats(expected));
            assertThat(ofArray).isEqualTo(ofMatrix);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void affineToAnyNumberOfRows(int n) {
        for (int rows = 1; rows <= 9; rows++) {
            float[] x = fenced(n);
            float[] bias = whole(rows);
            float[] values = whole(rows * n);
            float[] y = fenced(rows);
            float[] expected = y.clone();
            for (int r = 0; r < rows; r++) {
                double sum = bias[r];
                for (int i = 0; i < n; i++) {
                    sum += (double) values[r * n + i] * x[BEFORE + i];
                }
                expected[BEFORE + r] = (float) sum;
            }

            Kernels.affine(Matrix.of(rows, n, values), bias, x, BEFORE, y, BEFORE);

            assertThat(y).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void axpy(int n) {
        float[] x = fenced(n);
        float[] y = fenced(n);
        float[] expected = y.clone();
        for (int i = BEFORE; i < BEFORE + n; i++) {
            expected[i] = (float) (y[i] - 2.5 * x[i]);
        }

        Kernels.axpy(-2.5f, x, BEFORE, y, BEFORE, n);

        assertThat(y).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void unsignedBytes(int n) {
        byte[] bytes = new byte[n];
        random.nextBytes(bytes);
        float[] target = fenced(n);
        float[] expected = target.clone();
        for (int i = 0; i < n; i++) {
            expected[BEFORE + i] = (bytes[i] & 0xFF) * (1f / 255f);
        }

        Kernels.unsignedBytes(bytes, 0, n, 1f / 255f, target, BEFORE);

        assertThat(target).isEqualTo(expected);

        byte[] among = new byte[n + 7];
        random.nextBytes(among);
        System.arraycopy(bytes, 0, among, 5, n);
        float[] again = fenced(n);
        Kernels.unsignedBytes(among, 5, n, 1f / 255f, again, BEFORE);

        assertThat(again).as("the same bytes among others").isEqualTo(expected);
    }

    private float[] whole(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextInt(17) - 8;
        }
        return values;
    }

    private float[] fenced(int n) {
        float[] values = new float[BEFORE + n + BEHIND];
        Arrays.fill(values, FENCE);
        System.arraycopy(whole(n), 0, values, BEFORE, n);
        return values;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
