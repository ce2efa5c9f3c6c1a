package weft.trainer.imsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.image.Shape;

/// The gradient of the whole loss (both heads, targets that are taught, mixed views, a prior) against slopes.
class GradientTest {
    private static final double STEP = 1e-6;
    private static final int IMAGES = 32;

    private final SplittableRandom random = new SplittableRandom(5);

    @ParameterizedTest
    @CsvSource({"9, 7, 1, 3, UNIFORM", "8, 8, 3, 10, ESTIMATED", "28, 28, 1, 10, UNIFORM"})
    void theGradientIsTheSlopeOfTheWholeLoss(int width, int height, int channels, int k, Prior prior) {
        ImsatOptions options = new ImsatOptions(prior, List.of(), 0, 1);
        NetShape shape = new NetShape(new Shape.Image(width, height, channels), k);
        Replica replica = new Replica(Net.start(shape, random), IMAGES);
        for (int i = 0; i < shape.biasAt; i++) {
            // Answers that differ, and gains and shifts that are not all alike.
            replica.net.parameters[i] *= i < shape.headsAt ? (float) random.nextDouble(.8, 1.2) : 4;
        }
        for (int c = 0; c < k; c++) {
            replica.marginal[c] = 2d * (c + 1) / (k * (k + 1));
        }
        Augmentation augmentation = new Augmentation(shape.image, shape.input);
        float[] prepared = new float[IMAGES * augmentation.preparedValues()];
        for (int i = 0; i < IMAGES; i++) {
            augmentation.prepare(Pictures.noise(shape.image, random), 0, prepared, i * augmentation.preparedValues());
        }
        replica.look(augmentation, prepared, random, options);
        float[] targets = targets(2 * IMAGES, k);
        double loss = replica.gradient(targets, options, random, 150);

        DoubleLoss reference = new DoubleLoss(replica, targets, prior.relativeTo(replica.marginal), .25);
        double[] at = new double[shape.parameters];
        for (int i = 0; i < at.length; i++) {
            at[i] = replica.net.parameters[i];
        }
        double[] gradient = new double[at.length];
        double exact = reference.of(at, gradient);

        assertThat(loss).isCloseTo(exact, within(1e-5 * Math.abs(exact)));
        assertThat(relativeError(replica.net.gradient, gradient)).as("float32").isLessThan(1e-3);
        // Along random directions, so that every parameter counts: the five-point slope.
        for (int direction = 0; direction < 4; direction++) {
            double[] way = new double[at.length];
            double expected = 0;
            for (int i = 0; i < way.length; i++) {
                way[i] = random.nextDouble(-1, 1) * Math.signum(gradient[i]) + Math.signum(gradient[i]);
                expected += way[i] * gradient[i];
            }
            double slope = (8 * (moved(reference, at, way, STEP) - moved(reference, at, way, -STEP))
                            - moved(reference, at, way, 2 * STEP)
                            + moved(reference, at, way, -2 * STEP))
                    / (12 * STEP);
            assertThat(Math.abs(slope - expected) / Math.abs(slope))
                    .as("double")
                    .isLessThan(1e-6);
        }
    }

    private static double moved(DoubleLoss loss, double[] at, double[] way, double step) {
        double[] moved = new double[at.length];
        double norm = 0;
        for (double one : way) {
            norm += one * one;
        }
        for (int i = 0; i < at.length; i++) {
            moved[i] = at[i] + step * way[i] / Math.sqrt(norm);
        }
        return loss.of(moved, new double[0]) * Math.sqrt(norm);
    }

    private float[] targets(int images, int k) {
        float[] targets = new float[images * k];
        for (int i = 0; i < images; i++) {
            double[] z = new double[k];
            for (int c = 0; c < k; c++) {
                z[c] = random.nextDouble(-2, 2);
            }
            double[] p = DoubleLoss.softmax(z, 0, k);
            for (int c = 0; c < k; c++) {
                targets[i * k + c] = (float) p[c];
            }
        }
        return targets;
    }

    private static double relativeError(float[] found, double[] exact) {
        double error = 0;
        double norm = 0;
        for (int i = 0; i < exact.length; i++) {
            error += (found[i] - exact[i]) * (found[i] - exact[i]);
            norm += exact[i] * exact[i];
        }
        return Math.sqrt(error / norm);
    }
}
