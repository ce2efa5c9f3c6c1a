package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against three plain loops, on sizes below, at and beyond tiles and vectors.
class GemmTest {
    private static final String SIZES = """
            1, 1, 1
            1, 2, 3
            3, 5, 7
            4, 16, 16
            5, 17, 33
            7, 31, 15
            8, 32, 784
            9, 33, 65
            64, 40, 50
            66, 100, 31
            """;

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void dotsAreThoseOfAllPairsOfRows(int m, int n, int k) {
        float[] a = random(3 + m * k);
        float[] b = random(5 + n * k);
        float[] c = new float[m * n];

        Gemm.dots(a, 3, m, b, 5, n, k, c);

        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += (double) a[3 + i * k + p] * b[5 + j * k + p];
                }
                assertThat((double) c[i * n + j]).isCloseTo(sum, within(1e-6 * k));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void dotsAreThoseOfTheLayerThatTakesOneImage(int m, int n, int k) {
        float[] a = random(m * k);
        float[] b = random(n * k);
        float[] c = new float[m * n];
        float[] row = new float[n];

        Gemm.dots(a, 0, m, b, 0, n, k, c);

        for (int i = 0; i < m; i++) {
            Kernels.affine(Matrix.of(n, k, b), new float[n], a, i * k, row, 0);
            assertThat(Arrays.copyOfRange(c, i * n, (i + 1) * n)).isEqualTo(row);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void productsAreThoseOfThreeLoops(int m, int n, int k) {
        float[] a = random(2 + m * k);
        float[] b = random(4 + k * n);
        float[] turned = new float[k * m];
        Gemm.transpose(a, 2, m, k, m, turned);
        float[] c = new float[m * n];
        float[] same = new float[6 + m * n];

        Gemm.product(a, 2, m, b, 4, n, k, c);
        Gemm.transposedProduct(turned, m, Arrays.copyOfRange(b, 4, b.length), n, k, same, 6);

        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                float inOrder = 0;
                for (int p = 0; p < k; p++) {
                    sum += (double) a[2 + i * k + p] * b[4 + p * n + j];
                    inOrder = Math.fma(a[2 + i * k + p], b[4 + p * n + j], inOrder);
                }
                assertThat((double) c[i * n + j]).isCloseTo(sum, within(1e-6 * k));
                assertThat(c[i * n + j]).as("bit for bit").isEqualTo(inOrder);
            }
        }
        assertThat(Arrays.copyOfRange(same, 6, same.length))
                .as("of the transposed")
                .isEqualTo(c);
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void aRowsBitsDoNotDependOnTheOthers(int m, int n, int k) {
        float[] a = random(m * k);
        float[] b = random(n * k);
        float[] all = new float[m * n];
        float[] one = new float[n];

        Gemm.dots(a, 0, m, b, 0, n, k, all);
        for (int i = 0; i < m; i++) {
            Gemm.dots(a, i * k, 1, b, 0, n, k, one);
            assertThat(Arrays.copyOfRange(all, i * n, (i + 1) * n)).isEqualTo(one);
        }
        Gemm.product(a, 0, m, b, 0, n, k, all);
        for (int i = 0; i < m; i++) {
            Gemm.product(a, i * k, 1, b, 0, n, k, one);
            assertThat(Arrays.copyOfRange(all, i * n, (i + 1) * n)).isEqualTo(one);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 5, 3", "10, 7, 16", "16, 16, 16"})
    void transposedRowsAreColumns(int m, int k, int n) {
        float[] a = random(m * k);
        float[] t = new float[k * n];

        Gemm.transpose(a, 0, m, k, n, t);

        for (int p = 0; p < k; p++) {
            for (int i = 0; i < n; i++) {
                assertThat(t[p * n + i]).isEqualTo(i < m ? a[i * k + p] : 0);
            }
        }
    }

    private static float[] random(int n) {
        Random random = new Random(n);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
