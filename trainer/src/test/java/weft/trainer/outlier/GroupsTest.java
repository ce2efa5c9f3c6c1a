package weft.trainer.outlier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.DenseLayer;

class GroupsTest {
    private static final int D = 3;
    private static final DenseLayer SAME =
            new DenseLayer(Matrix.of(D, D, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}), new float[D], Activation.IDENTITY);

    private final float[] values = new float[60 * D];

    GroupsTest() {
        Random random = new Random(5);
        for (int j = 0; j < values.length; j++) {
            values[j] = (float) random.nextGaussian() + (j / D % 2 == 0 ? 6 : 0);
        }
    }

    /// Two groups of 30 points, of which one is left out.
    private Groups groups(int without) {
        Points points = new Points(values, 60, D);
        for (int i = 0; i < 60; i++) {
            points.groups[i] = i % 2;
            points.kept[i] = i != without;
        }
        return new Groups(points, 2, new Shape.Vector(D), SAME);
    }

    @Test
    void aPointIsAsStrangeToTheOthersAsToAFitWithoutIt() {
        Groups all = groups(-1);
        Vector toOthers = all.strangenessToOthers();
        double excess = 0;
        for (int i = 0; i < 60; i++) {
            Groups others = groups(i);
            double exact = others.strangenessToOthers().get(i);

            assertThat(toOthers.get(i)).as("point %d", i).isCloseTo(exact, within(0.1));
            excess += (toOthers.get(i) - exact) / 60;
        }
        assertThat(excess).as("mean").isCloseTo(0, within(0.02));
    }

    @Test
    void aPointThatDoesNotCountIsJudgedByWhatCounts() {
        Groups others = groups(7);

        assertThat(others.strangenessToOthers().get(7))
                .isCloseTo(others.strangeness().pass().ofPoint(values, 7 * D), within(1e-4));
    }
}
