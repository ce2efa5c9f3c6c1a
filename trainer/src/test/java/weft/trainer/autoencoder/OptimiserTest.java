package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

class OptimiserTest {
    @Test
    void adamStepsAsInKeras() {
        // m = .05, v = 2.5e-4, then m = .02, v = 3.1225e-4; step = rate √(1 - .999^t) / (1 - .9^t) m / (√v +
        // 1e-7)
        assertThat(steps(Optimiser.ADAM, 1e-3, .5f, -.25f))
                .containsExactly(new double[] {9.99994e-4, 2.66336e-4}, within(2e-9));
    }

    @Test
    void adadeltaStepsAsInKeras() {
        // E[g²] = .0125, then .024375; step = √(E[dx²] + 1e-7) / √(E[g²] + 1e-7) g, E[dx²] = 0, then 1e-7
        assertThat(steps(Optimiser.ADADELTA, .1, .5f, .5f))
                .containsExactly(new double[] {1.414208e-4, 1.432224e-4}, within(2e-9));
    }

    @Test
    void bothStepAsNd4jDoes() {
        compare(Optimiser.ADAM, new Adam(2e-3, .9, .999, 1e-7), 1);
        compare(Optimiser.ADADELTA, new AdaDelta(.95, 1e-7), 2e-3);
    }

    private static void compare(Optimiser optimiser, IUpdater theirs, double scale) {
        Nd4jSetup.ensure();
        int n = 37;
        Random random = new Random(1);
        float[] parameters = new float[n];
        float[] first = new float[n];
        float[] second = new float[n];
        double[] expected = new double[n];
        var updater = theirs.instantiate(Nd4j.zeros(2L * n), false);
        for (int step = 0; step < 50; step++) {
            float[] gradient = new float[n];
            for (int i = 0; i < n; i++) {
                gradient[i] = (float) random.nextGaussian();
            }
            optimiser.step(parameters, gradient, first, second, 2e-3, step);
            INDArray update = Nd4j.createFromArray(gradient);
            updater.applyUpdater(update, step, 0);
            for (int i = 0; i < n; i++) {
                expected[i] -= scale * update.getDouble(i);
            }
        }
        for (int i = 0; i < n; i++) {
            assertThat((double) parameters[i]).isCloseTo(expected[i], within(1e-5 * Math.abs(expected[i]) + 1e-7));
        }
    }

    private static double[] steps(Optimiser optimiser, double rate, float... gradients) {
        float[] first = new float[1];
        float[] second = new float[1];
        double[] steps = new double[gradients.length];
        for (int i = 0; i < steps.length; i++) {
            float[] parameters = {0};
            optimiser.step(parameters, new float[] {gradients[i]}, first, second, rate, i);
            steps[i] = -parameters[0];
        }
        return steps;
    }
}
