package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kernels of layers against plain loops, at sizes that fill no vector.
class PatchKernelsTest {
    private static final int BLOCK = PatchKernels.BLOCK;
    private static final int BLOCKS = 2;
    private final Random random = new Random(3);

    @ParameterizedTest
    @CsvSource({"9, 7, 1, 5, 8", "7, 7, 8, 3, 16", "12, 4, 3, 3, 8", "11, 11, 8, 3, 8"})
    void aConvolutionIsTheSumOverItsPatches(int width, int height, int channels, int kernel, int outputs) {
        Plane plane = new Plane(width, height, kernel / 2);
        check(Patches.convolution(plane, channels, kernel, 2, outputs), channels * plane.size(), (position, tap) -> {
            int columns = (width - 1) / 2 + 1;
            int place = tap % (kernel * kernel);
            return tap / (kernel * kernel) * plane.size()
                    + (position / columns * 2 + place / kernel) * plane.width()
                    + position % columns * 2
                    + place % kernel;
        });
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "40, 24", "104, 56"})
    void aDenseLayerHasOnePatch(int inputs, int outputs) {
        check(Patches.dense(inputs, outputs), inputs, (_, tap) -> tap);
    }

    private interface Place {
        int of(int position, int tap);
    }

    private void check(Patches patches, int inputs, Place place) {
        int taps = patches.tapCount();
        int outputs = patches.outputs();
        int positions = patches.positionCount();
        float[] x = noise(BLOCKS * inputs * BLOCK);
        float[] w = noise(3 + taps * outputs + outputs);
        float[] dy = noise(BLOCKS * outputs * positions * BLOCK);
        float[] y = new float[dy.length];
        float[] gradient = new float[w.length];
        float[] dx = new float[x.length];
        float[] transposed = new float[taps * outputs];
        for (int t = 0; t < taps; t++) {
            for (int o = 0; o < outputs; o++) {
                transposed[o * taps + t] = w[3 + t * outputs + o];
            }
        }

        PatchKernels.forward(patches, BLOCKS, x, w, 3, 3 + taps * outputs, y);
        PatchGradients.ofWeights(patches, BLOCKS, x, dy, gradient, 3);
        if (taps % 8 == 0) {
            PatchGradients.ofInputs(patches, BLOCKS, dy, transposed, dx);
        }

        double[] expectedY = new double[y.length];
        double[] expectedGradient = new double[gradient.length];
        double[] expectedDx = new double[dx.length];
        for (int at = 0; at < y.length; at++) {
            int image = at % BLOCK;
            int position = at / BLOCK % positions;
            int o = at / BLOCK / positions % outputs;
            int block = at / BLOCK / positions / outputs;
            expectedY[at] = w[3 + taps * outputs + o];
            for (int t = 0; t < taps; t++) {
                int from = (block * inputs + place.of(position, t)) * BLOCK + image;
                expectedY[at] += (double) w[3 + t * outputs + o] * x[from];
                expectedGradient[3 + t * outputs + o] += (double) dy[at] * x[from];
                expectedDx[from] += (double) dy[at] * w[3 + t * outputs + o];
            }
        }
        close(y, expectedY);
        close(gradient, expectedGradient);
        if (taps % 8 == 0) {
            close(dx, expectedDx);
        }
    }

    @Test
    void outputsFillWholeGroups() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Patches.dense(8, 12))
                .withMessage("outputs must be a multiple of 8, not 12");
    }

    @Test
    void momentsAreThoseOfEachChannelOverAllImagesAndPlaces() {
        BatchNorm norm = new BatchNorm(3, new Plane(5, 3, 1));
        float[] y = noise(BLOCKS * 3 * 15 * BLOCK);
        float[] mean = new float[3];
        float[] variance = new float[3];
        norm.moments(y, BLOCKS, mean, variance);
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            double squares = 0;
            int n = 0;
            for (int at = 0; at < y.length; at++) {
                if (at / BLOCK / 15 % 3 == c) {
                    sum += y[at];
                    squares += (double) y[at] * y[at];
                    n++;
                }
            }
            assertThat(n).isEqualTo(norm.values(BLOCKS));
            assertThat((double) mean[c]).isCloseTo(sum / n, within(1e-6));
            assertThat((double) variance[c]).isCloseTo(squares / n - sum / n * sum / n, within(1e-5));
        }
    }

    @Test
    void whatIsNormalisedStandsInsideTheBorder() {
        BatchNorm norm = new BatchNorm(1, new Plane(2, 1, 1));
        float[] y = new float[2 * BLOCK];
        y[0] = 3;
        y[BLOCK] = 1;
        float[] z = new float[norm.outputBlock()];
        norm.forward(y, 1, new float[] {1}, new float[] {4}, new float[] {9, 2, .5f}, 1, z);
        // Rows of four: the inner row is the second, its places the second and third.
        assertThat(z[5 * BLOCK]).isCloseTo(2 * (3 - 1) / 2f + .5f, within(1e-4f));
        assertThat(z[6 * BLOCK]).isCloseTo(.5f, within(1e-4f));
        assertThat(z[5 * BLOCK + 1]).as("below zero").isZero();
        assertThat(z[4 * BLOCK]).as("border").isZero();
    }

    @ParameterizedTest
    @CsvSource({"1", "31", "64", "1021"})
    void adamIsThePapersAlgorithm(int n) {
        float[] weights = noise(n);
        double[] expected = new double[n];
        double[] m = new double[n];
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            expected[i] = weights[i];
        }
        float[] first = new float[n];
        float[] second = new float[n];
        for (int step = 1; step <= 5; step++) {
            float[] gradient = noise(n);
            AdamStep.apply(weights, gradient, first, second, .01f, step);
            for (int i = 0; i < n; i++) {
                m[i] = .9 * m[i] + .1 * gradient[i];
                v[i] = .999 * v[i] + .001 * gradient[i] * gradient[i];
                expected[i] -=
                        .01 * (m[i] / (1 - Math.pow(.9, step))) / (Math.sqrt(v[i] / (1 - Math.pow(.999, step))) + 1e-8);
            }
        }
        close(weights, expected);
    }

    private float[] noise(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }

    private static void close(float[] found, double[] expected) {
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i])
                    .as("value " + i)
                    .isCloseTo(expected[i], within(1e-4 + 1e-4 * Math.abs(expected[i])));
        }
    }
}
