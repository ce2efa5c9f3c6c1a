package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OptimiserTest {
    @BeforeAll
    static void start() {
        Nd4jSetup.ensure();
    }

    @Test
    void adamStepsAsInKeras() {
        // m = .05, v = 2.5e-4, then m = .02, v = 3.1225e-4; step = rate √(1 - .999^t) / (1 - .9^t) m / (√v +
        // 1e-7)
        assertThat(steps(Optimiser.ADAM, 1e-3, .5f, -.25f))
                .containsExactly(new double[] {9.99994e-4, 2.66336e-4}, within(2e-9));
        assertThat(Optimiser.ADAM.scale(1e-3)).isEqualTo(1);
    }

    @Test
    void adadeltaStepsAsInKeras() {
        // E[g²] = .0125, then .024375; step = √(E[dx²] + 1e-7) / √(E[g²] + 1e-7) g, E[dx²] = 0, then 1e-7
        assertThat(steps(Optimiser.ADADELTA, .1, .5f, .5f))
                .containsExactly(new double[] {1.414208e-3, 1.432224e-3}, within(2e-9));
        assertThat(Optimiser.ADADELTA.scale(.1)).isEqualTo(.1);
    }

    private static double[] steps(Optimiser optimiser, double rate, float... gradients) {
        var updater = optimiser.updater(rate).instantiate(Nd4j.zeros(2), false);
        double[] steps = new double[gradients.length];
        for (int i = 0; i < steps.length; i++) {
            INDArray gradient = Nd4j.createFromArray(gradients[i]);
            updater.applyUpdater(gradient, i, 0);
            steps[i] = gradient.getDouble(0);
        }
        return steps;
    }
}
