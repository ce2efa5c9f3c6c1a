package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KernelsScalarTest {
    @Test
    void normalisesToLengthOneInPlaceOrBeside() {
        float[] x = {9, 3, 4, 9};
        float[] y = new float[5];

        Kernels.normalise(x, 1, y, 2, 2);
        assertThat(y).containsExactly(new float[] {0, 0, 0.6f, 0.8f, 0}, within(1e-6f));

        Kernels.normalise(x, 1, x, 1, 2);
        assertThat(x).containsExactly(new float[] {9, 0.6f, 0.8f, 9}, within(1e-6f));
    }

    @Test
    void leavesAZeroVectorZero() {
        float[] y = {5, 5, 5};

        Kernels.normalise(new float[3], 0, y, 0, 3);

        assertThat(y).containsExactly(0, 0, 0);
    }

    @Test
    void argminTakesTheLowestOfATieAmongTheFirst() {
        assertThat(Kernels.argmin(new float[] {3, 1, 1, 0}, 3)).isEqualTo(1);
        assertThat(Kernels.argmin(new float[] {3, 1, 1, 0}, 4)).isEqualTo(3);
        assertThat(Kernels.argmin(new float[] {Float.POSITIVE_INFINITY, 7}, 2)).isEqualTo(1);
    }

    @Test
    void logSumExpOfPlainValues() {
        // ln(e^ln1 + e^ln2 + e^ln3) = ln 6; the fourth is not counted.
        double[] values = {0, Math.log(2), Math.log(3), 50};

        assertThat(Kernels.logSumExp(values, 3)).isCloseTo(Math.log(6), within(1e-14));
    }

    @Test
    void logSumExpOfHugeAndSmallValues() {
        double ln2 = Math.log(2);

        assertThat(Kernels.logSumExp(new double[] {1e4, 1e4}, 2)).isCloseTo(1e4 + ln2, within(1e-9));
        assertThat(Kernels.logSumExp(new double[] {-1e4, -1e4}, 2)).isCloseTo(-1e4 + ln2, within(1e-9));
        assertThat(Kernels.logSumExp(new double[] {-1e300, 3}, 2)).isEqualTo(3);
        assertThat(Kernels.logSumExp(new double[] {Double.NEGATIVE_INFINITY, 3}, 2))
                .isEqualTo(3);
        assertThat(Kernels.logSumExp(new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY}, 2))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void softmaxOfLogarithmsIsTheirShare() {
        double[] values = {Math.log(1), Math.log(2), Math.log(5), 50};

        assertThat(Kernels.softmax(values, 3)).isCloseTo(Math.log(8), within(1e-14));
        assertThat(values).containsExactly(new double[] {.125, .25, .625, 50}, within(1e-14));
    }

    @Test
    void softmaxOfHugeValues() {
        double[] values = {-1e4, -1e4 + Math.log(3), Double.NEGATIVE_INFINITY};

        Kernels.softmax(values, 3);

        assertThat(values).containsExactly(new double[] {.25, .75, 0}, within(1e-9));
    }
}
