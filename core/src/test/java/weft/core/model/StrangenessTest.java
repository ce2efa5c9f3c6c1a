package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;

/// How strange an image is, and the thumbnails that it is measured on.
class StrangenessTest {
    @Test
    void aThumbnailIsMeansOfBlocksOfEachChannel() {
        Shape shape = new Shape.Image(28, 28, 1);
        float[] image = new float[28 * 28];
        image[0] = 1;
        image[29] = 2;
        image[27 * 28 + 27] = 8;
        float[] small = new float[49];
        Strangeness.thumbnails(shape, image, 1, small, 0);

        assertThat(Strangeness.thumbnailSize(shape)).isEqualTo(49);
        assertThat(small[0]).isEqualTo(3 / 16f);
        assertThat(small[48]).isEqualTo(0.5f);
        assertThat(small[1]).isZero();

        // The last blocks of 27 x 27 are 3 pixels wide and high.
        Shape odd = new Shape.Image(27, 27, 1);
        Strangeness.thumbnails(odd, Arrays.copyOf(image, 27 * 27), 1, small, 0);
        assertThat(small[0]).isEqualTo(3 / 16f);
        float[] last = new float[27 * 27];
        last[27 * 27 - 1] = 9;
        Strangeness.thumbnails(odd, last, 1, small, 0);
        assertThat(small[48]).isCloseTo(1, within(1e-6f));

        Shape rgb = new Shape.Image(32, 32, 3);
        float[] colours = new float[32 * 32 * 3];
        colours[1] = 16;
        float[] smallRgb = new float[Strangeness.thumbnailSize(rgb)];
        Strangeness.thumbnails(rgb, colours, 1, smallRgb, 0);

        assertThat(smallRgb).hasSize(8 * 8 * 3);
        assertThat(smallRgb[1]).isEqualTo(1);
    }

    /// The last block of 1,000 values in groups of 4 is whole, that of 1,001 has one value.
    @Test
    void aVectorsNeighboursAreAveraged() {
        assertThat(Strangeness.thumbnailSize(new Shape.Vector(256))).isEqualTo(256);
        assertThat(Strangeness.thumbnailSize(new Shape.Vector(1_000))).isEqualTo(250);
        Shape shape = new Shape.Vector(1_001);
        float[] values = new float[1_001];
        values[3] = 2;
        values[1_000] = 5;
        float[] small = new float[251];
        Strangeness.thumbnails(shape, values, 1, small, 0);

        assertThat(small[0]).isEqualTo(0.5f);
        assertThat(small[250]).isEqualTo(5);
    }

    @Test
    void everyShapeHasAThumbnailThatIsSmallEnough() {
        for (Shape shape : new Shape[] {
            new Shape.Vector(1),
            new Shape.Vector(16_384),
            new Shape.Image(16_384, 1, 1),
            new Shape.Image(1, 16_384, 1),
            new Shape.Image(128, 128, 1),
            new Shape.Image(73, 74, 3)
        }) {
            assertThat(Strangeness.thumbnailSize(shape)).isBetween(1, 256);
        }
    }

    /// Against plain loops, on 37 axes and 3 groups.
    @Test
    void itIsWhatTheLikeliestGroupLacks() {
        int d = 37;
        int groups = 3;
        int size = d * (d + 1) / 2;
        Random random = new Random(5);
        float[] axes = floats(random, d * 100);
        float[] bias = floats(random, d);
        float[] means = floats(random, groups * d);
        float[] factors = floats(random, groups * size);
        double[] constants = {-3, 40, 2};
        Strangeness strangeness = new Strangeness(
                new Shape.Vector(100),
                new DenseLayer(Matrix.of(d, 100, axes), bias, Activation.IDENTITY),
                Matrix.of(groups, d, means),
                Matrix.of(groups, size, factors),
                Vector.of(constants));
        Strangeness.Pass pass = strangeness.pass();
        for (int image = 0; image < 20; image++) {
            float[] values = floats(random, 103);
            double[] point = new double[d];
            for (int a = 0; a < d; a++) {
                point[a] = bias[a];
                for (int j = 0; j < 100; j++) {
                    point[a] += axes[a * 100 + j] * (double) values[3 + j];
                }
            }
            double best = Double.POSITIVE_INFINITY;
            int group = -1;
            for (int g = 0; g < groups; g++) {
                double norm = 0;
                int at = g * size;
                for (int i = 0; i < d; i++) {
                    double sum = 0;
                    for (int j = 0; j <= i; j++) {
                        sum += factors[at++] * (point[j] - means[g * d + j]);
                    }
                    norm += sum * sum;
                }
                double lacks = 0.5 * norm - constants[g];
                if (lacks < best) {
                    best = lacks;
                    group = g;
                }
            }
            assertThat(pass.of(values, 3)).isCloseTo(best, within(1e-4 * Math.abs(best)));
            assertThat(pass.group()).isEqualTo(group);
        }
    }

    @Test
    void valuesBeyondAllBoundsAreAsStrangeAsCanBe() {
        float[] factor = {1, 0, 1};
        Strangeness strangeness = new Strangeness(
                new Shape.Vector(2),
                new DenseLayer(Matrix.of(2, 2, new float[] {1, 0, 0, 1}), new float[2], Activation.IDENTITY),
                Matrix.of(1, 2, new float[2]),
                Matrix.of(1, 3, factor),
                Vector.of(0));

        assertThat(strangeness.pass().of(new float[] {3, 4}, 0)).isEqualTo(12.5);
        assertThat(strangeness.pass().of(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}, 0))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void anImageIsMeasuredOnceForAllThatHaveLearntTheSame() {
        StrangenessPasses passes = new StrangenessPasses();
        StrangenessPasses.Shared first = passes.of(flat(0));
        StrangenessPasses.Shared same = passes.of(flat(0));
        StrangenessPasses.Shared other = passes.of(flat(7));
        passes.next();

        assertThat(same).isSameAs(first);
        assertThat(other).isNotSameAs(first);
        assertThat(first.of(new float[] {3, 4})).isEqualTo(12.5);
        assertThat(first.of(new float[] {0, 0})).as("the same image").isEqualTo(12.5);
        assertThat(other.of(new float[] {3, 4})).isEqualTo(5.5);
        passes.next();
        assertThat(first.of(new float[] {0, 2})).isEqualTo(2);
        assertThat(other.of(new float[] {0, 2})).isEqualTo(-5);
        for (int i = 10; i < 30; i++) {
            passes.of(flat(i));
        }
        passes.next();
        assertThat(first.of(new float[] {0, 0})).as("no longer offered").isZero();
    }

    private static Strangeness flat(double constant) {
        return new Strangeness(
                new Shape.Vector(2),
                new DenseLayer(Matrix.of(2, 2, new float[] {1, 0, 0, 1}), new float[2], Activation.IDENTITY),
                Matrix.of(1, 2, new float[2]),
                Matrix.of(1, 3, new float[] {1, 0, 1}),
                Vector.of(constant));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        DenseLayer axes = new DenseLayer(Matrix.of(1, 4, new float[4]), new float[1], Activation.IDENTITY);
        Matrix one = Matrix.of(1, 1, new float[1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Strangeness(new Shape.Vector(5), axes, one, one, Vector.of(0)))
                .withMessage("axes of 4 values do not fit to thumbnails of 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Strangeness(new Shape.Vector(4), axes, one, one, Vector.of(0, 1)))
                .withMessageContaining("2 constants do not fit to 1 groups");
    }

    private static float[] floats(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
