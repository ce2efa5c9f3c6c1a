package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackpropagationTest {
    private static final double STEP = 1e-6;

    @BeforeAll
    static void start() {
        Nd4jSetup.ensure();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void gradientOfEachWeightAndBiasIsTheLossesSlope(int n) {
        checkGradient(List.of(12, 5, 3, 5, 12), n);
    }

    @Test
    void gradientFitsTheNarrowestNetwork() {
        checkGradient(List.of(12, 1, 12), 3);
    }

    /// The differences are taken of a second, double-precision network: in floats a small step would drown
    /// in rounding.
    private static void checkGradient(List<Integer> sizes, int n) {
        float[] flat = GlorotUniform.parameters(sizes, 3);
        Random random = new Random(5);
        for (int i = 0; i < flat.length; i++) {
            flat[i] += .1f * random.nextFloat();
        }
        float[] rows = SyntheticImages.rows(n, sizes.getFirst(), 1);
        var network = new Backpropagation(sizes, Reconstruction.PIXELS);
        Floats.copy(flat, network.parameters().vector());

        double loss = network.forward(rows, rows, n);
        network.backward();

        var reference = new DoubleNetwork(sizes, flat);
        assertThat(loss).isCloseTo(reference.loss(rows, n), within(1e-6));
        float[] gradient = Floats.toArray(network.gradient().vector());
        int slopes = 0;
        for (int i = 0; i < flat.length; i++) {
            double slope = reference.slope(i, STEP, rows, n);
            assertThat((double) gradient[i])
                    .as("parameter " + i)
                    .isCloseTo(slope, within(1e-3 * Math.abs(slope) + 1e-8));
            slopes += slope == 0 ? 0 : 1;
        }
        assertThat(slopes).as("parameters that matter").isGreaterThan(flat.length / 2);
    }
}
