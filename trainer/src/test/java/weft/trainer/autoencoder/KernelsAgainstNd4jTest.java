package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import weft.core.math.Kernels;
import weft.core.math.Matrix;

/// The hand-written kernels against another library's, on odd and even lengths.
class KernelsAgainstNd4jTest {
    private static final int ROWS = 13;

    private final Random random = new Random(5);

    @BeforeAll
    static void loads() {
        Nd4jSetup.ensure();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 127, 783, 784, 785})
    void agree(int n) {
        float[] rows = uniform(ROWS * n);
        float[] x = uniform(n);
        float[] y = uniform(n);
        float[] bias = uniform(ROWS);
        INDArray matrix = Nd4j.createFromArray(rows).reshape(ROWS, n);
        INDArray column = Nd4j.createFromArray(x).reshape(n, 1);

        float[] distances = new float[ROWS];
        Kernels.squaredDistances(Matrix.of(ROWS, n, rows), x, 0, distances);
        INDArray differences = matrix.subRowVector(Nd4j.createFromArray(x));
        close(distances, differences.mul(differences).sum(1), n);
        assertThat(Kernels.argmin(distances, ROWS))
                .isEqualTo(Nd4j.argMin(Nd4j.createFromArray(distances), 0).getInt(0));

        float[] products = new float[ROWS];
        Kernels.affine(Matrix.of(ROWS, n, rows), bias, x, 0, products, 0);
        close(products, matrix.mmul(column).reshape(ROWS).add(Nd4j.createFromArray(bias)), n);

        assertThat(Kernels.dot(x, 0, y, 0, n))
                .isCloseTo(
                        (float) Nd4j.getBlasWrapper().dot(Nd4j.createFromArray(x), Nd4j.createFromArray(y)),
                        within(n * 1e-6f));

        INDArray sum = Nd4j.createFromArray(y).add(Nd4j.createFromArray(x).mul(-1.75f));
        float[] added = y.clone();
        Kernels.axpy(-1.75f, x, 0, added, 0, n);
        close(added, sum, 1);

        double[] logits = new double[n];
        for (int i = 0; i < n; i++) {
            logits[i] = 20 * x[i];
        }
        INDArray softmax = Transforms.softmax(Nd4j.createFromArray(logits).reshape(1, n), true);
        double logSum = Math.log(
                Transforms.exp(Nd4j.createFromArray(logits)).sumNumber().doubleValue());
        assertThat(Kernels.softmax(logits, n)).isCloseTo(logSum, within(1e-6));
        for (int i = 0; i < n; i++) {
            assertThat(logits[i]).isCloseTo(softmax.getDouble(i), within(1e-6));
        }
    }

    private static void close(float[] ours, INDArray theirs, int terms) {
        for (int i = 0; i < ours.length; i++) {
            assertThat(ours[i]).isCloseTo(theirs.getFloat(i), within(terms * 1e-6f + 1e-6f));
        }
    }

    private float[] uniform(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
