package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
    @Test
    void isTheHandComputedFactor() {
        // L = [2 0; 1 3] gives A = L Lᵀ = [4 2; 2 10], |A| = 36, L⁻¹ = [1/2 0; -1/6 1/3].
        Cholesky factor = Cholesky.ofLowerTriangle(new double[] {4, 2, 10}, 2);

        assertThat(factor.logDeterminant()).isCloseTo(Math.log(36), within(1e-14));
        assertThat(factor.inverseTriangle()).containsExactly(new double[] {0.5, -1 / 6.0, 1 / 3.0}, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17, 32})
    void givesBackTheFactorThatTheMatrixWasMadeOf(int n) {
        double[][] l = randomFactor(n);
        double logDeterminant = 0;
        double[] a = new double[n * (n + 1) / 2];
        for (int i = 0, at = 0; i < n; i++) {
            logDeterminant += 2 * Math.log(l[i][i]);
            for (int j = 0; j <= i; j++, at++) {
                for (int m = 0; m <= j; m++) {
                    a[at] += l[i][m] * l[j][m];
                }
            }
        }

        Cholesky factor = Cholesky.ofLowerTriangle(a, n);

        assertThat(factor.logDeterminant()).isCloseTo(logDeterminant, within(1e-10));
        // L⁻¹ L = I says that the factor is L: there is one alone with a positive diagonal.
        double[] inverse = factor.inverseTriangle();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int m = j; m <= i; m++) {
                    product += inverse[i * (i + 1) / 2 + m] * l[m][j];
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-9));
            }
        }
    }

    @Test
    void leavesTheMatrixAsItWas() {
        double[] a = {4, 2, 10};

        Cholesky.ofLowerTriangle(a, 2);

        assertThat(a).containsExactly(4, 2, 10);
    }

    @Test
    void refusesWhatIsNotPositiveDefinite() {
        // The second pivot: 1 - 2 * 2 / 1 = -3.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cholesky.ofLowerTriangle(new double[] {1, 2, 1}, 2))
                .withMessage("the matrix is not positive definite: pivot 1 is -3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cholesky.ofLowerTriangle(new double[] {0}, 1))
                .withMessage("the matrix is not positive definite: pivot 0 is 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cholesky.ofLowerTriangle(new double[] {Double.NaN}, 1))
                .withMessage("the matrix is not positive definite: pivot 0 is NaN");
    }

    private static double[][] randomFactor(int n) {
        Random random = new Random(n);
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                l[i][j] = (random.nextDouble() - 0.5) / 2;
            }
            l[i][i] = 1 + random.nextDouble();
        }
        return l;
    }
}
