package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticTest {
    /// Against the definition in doubles, over more than a block and lengths of every remainder.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 17, 784, 785, 1100})
    void lossAndSlopesAreThoseOfTheDefinition(int columns) {
        Random random = new Random(columns);
        int rows = 5;
        float[] sums = new float[rows * columns];
        float[] targets = new float[rows * columns];
        float[] biases = new float[columns + 3];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (float) (6 * random.nextGaussian());
            targets[i] = random.nextFloat();
        }
        for (int i = 0; i < biases.length; i++) {
            biases[i] = (float) random.nextGaussian();
        }
        double expected = 0;
        double[] slopes = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            double z = (double) sums[i] + biases[3 + i % columns];
            double p = 1 / (1 + Math.exp(-z));
            double clipped = Math.clamp(p, 1e-7, 1 - 1e-7);
            expected -= targets[i] * Math.log(clipped) + (1 - targets[i]) * Math.log(1 - clipped);
            slopes[i] = .25 * (p - targets[i]);
        }

        double loss = Logistic.crossEntropy(sums, biases, 3, targets, rows, columns, .25f);

        assertThat(loss).isCloseTo(expected, within(1e-6 * expected));
        for (int i = 0; i < sums.length; i++) {
            assertThat((double) sums[i]).isCloseTo(slopes[i], within(1e-7));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 17, 784, 785})
    void aloneItIsThatOfTheDefinition(int n) {
        Random random = new Random(n);
        float[] values = new float[n + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (8 * random.nextGaussian());
        }
        float[] found = values.clone();

        Logistic.apply(found, n);

        for (int i = 0; i < n; i++) {
            assertThat((double) found[i]).isCloseTo(1 / (1 + Math.exp(-values[i])), within(1.2e-7));
        }
        assertThat(found[n]).as("behind them").isEqualTo(values[n]);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 64})
    void aloneItHidesNothingThatIsNotFinite(int n) {
        float[] values = filled(n, Float.NaN);
        values[1] = Float.POSITIVE_INFINITY;
        values[2] = Float.NEGATIVE_INFINITY;
        values[3] = 1e30f;
        values[4] = -1e30f;

        Logistic.apply(values, n);

        assertThat(values[0]).isNaN();
        for (int i = 5; i < n; i++) {
            assertThat(values[i]).isNaN();
        }
        assertThat(Arrays.copyOfRange(values, 1, 5)).containsExactly(new float[] {1, 0, 1, 0}, within(1e-30f));
    }

    @Test
    void isTheMeanOverValuesThatOneCanCheck() {
        // -ln .5 for the first; -(.25 ln .75 + .75 ln .25) for the second
        float[] sums = {0, (float) Math.log(3)};

        double loss = Logistic.crossEntropy(sums, new float[2], 0, new float[] {1, .25f}, 1, 2, 1);

        assertThat(loss).isCloseTo(.693147 + 1.111641, within(1e-6));
        assertThat(sums).containsExactly(new float[] {-.5f, .5f}, within(1e-7f));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void isClippedAsInKeras(int columns) {
        float[] high = filled(columns, 200);
        float[] low = filled(columns, -200);
        float[] none = new float[columns];

        assertThat(Logistic.crossEntropy(high, none, 0, filled(columns, 0), 1, columns, 1) / columns)
                .isCloseTo(-Math.log(1e-7), within(1e-5));
        assertThat(Logistic.crossEntropy(low, none, 0, filled(columns, 0), 1, columns, 1) / columns)
                .isCloseTo(0, within(1e-6));
        assertThat(high).containsOnly(1);
        assertThat(low).containsExactly(new float[columns], within(1e-37f));
    }

    @Test
    void staysExactOverManyValues() {
        int n = 100_000;

        double loss = Logistic.crossEntropy(new float[n], new float[n], 0, filled(n, .5f), 1, n, 1);

        assertThat(loss / n).isCloseTo(Math.log(2), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void saysWhereAValueIsNotFinite(int columns) {
        float[] none = new float[columns];
        float[] half = filled(columns, .5f);
        float[] bad = half.clone();
        bad[columns / 2] = Float.NaN;

        assertThat(Logistic.crossEntropy(bad.clone(), none, 0, half, 1, columns, 1))
                .isNaN();
        assertThat(Logistic.crossEntropy(half.clone(), none, 0, bad, 1, columns, 1))
                .isNaN();
    }

    private static float[] filled(int n, float value) {
        float[] values = new float[n];
        Arrays.fill(values, value);
        return values;
    }
}
