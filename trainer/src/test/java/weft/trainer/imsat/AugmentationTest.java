package weft.trainer.imsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Plane;

class AugmentationTest {
    private static final Shape.Image GREY = new Shape.Image(21, 17, 1);
    private static final Plane TARGET = new Plane(21, 17, 2);

    @Test
    void aBrightMiddleStaysInTheMiddleAndBrightnessVaries() {
        float[] image = new float[GREY.values()];
        Arrays.fill(image, .25f);
        double least = 9;
        double most = 0;
        for (float[] view : views(GREY, image)) {
            float middle = view[TARGET.at(2 + 8, 2 + 10)];
            least = Math.min(least, middle);
            most = Math.max(most, middle);
        }
        // The root of a quarter, times .7 to 1.3.
        assertThat(least).isBetween(.35, .36);
        assertThat(most).isBetween(.64, .65);
    }

    @Test
    void viewsMoveByTwoPixelsAndATenthMoreWhereTheyAreScaled() {
        float[] image = new float[GREY.values()];
        image[8 * 21 + 10] = 1;
        double farthest = 0;
        for (float[] view : views(GREY, image)) {
            for (int place : TARGET.inner()) {
                if (view[place] > .3) {
                    double dx = place % TARGET.width() - 12;
                    int row = place / TARGET.width();
                    double dy = row - 10;
                    farthest = Math.max(farthest, Math.max(Math.abs(dx), Math.abs(dy)));
                }
            }
        }
        assertThat(farthest).isBetween(2d, 3d);
    }

    @Test
    void halfOfTheViewsAreMirrored() {
        float[] image = new float[GREY.values()];
        for (int row = 0; row < 17; row++) {
            Arrays.fill(image, row * 21, row * 21 + 7, 1);
        }
        int mirrored = 0;
        for (float[] view : views(GREY, image)) {
            mirrored += view[TARGET.at(10, 2 + 17)] > view[TARGET.at(10, 2 + 3)] ? 1 : 0;
        }
        assertThat(mirrored).isBetween(420, 580);
    }

    @Test
    void whatIsOutsideIsBlackAndTheBorderIsLeftAlone() {
        float[] image = new float[GREY.values()];
        Arrays.fill(image, 1);
        boolean[] inner = new boolean[TARGET.size()];
        Arrays.stream(TARGET.inner()).forEach(place -> inner[place] = true);
        int black = 0;
        for (float[] view : views(GREY, image)) {
            for (int place = 0; place < view.length; place++) {
                if (!inner[place]) {
                    assertThat(view[place]).isEqualTo(-1);
                }
            }
            black += view[TARGET.at(2, 2)] == 0 ? 1 : 0;
        }
        assertThat(black).isBetween(300, 900);
    }

    @Test
    void channelsMoveTogether() {
        Shape.Image rgb = new Shape.Image(9, 9, 3);
        Plane target = new Plane(9, 9, 2);
        Augmentation augmentation = new Augmentation(rgb, target);
        float[] image = new float[rgb.values()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 81; i++) {
            image[3 * i] = random.nextInt(256) / 255f;
            image[3 * i + 1] = image[3 * i] / 4;
            image[3 * i + 2] = image[3 * i];
        }
        float[] prepared = new float[augmentation.preparedValues()];
        augmentation.prepare(image, 0, prepared, 0);
        float[] batch = new float[3 * target.size() * 32];
        augmentation.view(prepared, 0, random, batch, 5);
        for (int place : target.inner()) {
            float red = batch[place * 32 + 5];
            assertThat(batch[(target.size() + place) * 32 + 5]).isCloseTo(red / 2, within(1e-5f));
            assertThat(batch[(2 * target.size() + place) * 32 + 5]).isEqualTo(red);
        }
    }

    /// A thousand views; the border of the target was −1 before.
    private static float[][] views(Shape.Image shape, float[] image) {
        Augmentation augmentation = new Augmentation(shape, TARGET);
        float[] prepared = new float[augmentation.preparedValues()];
        augmentation.prepare(image, 0, prepared, 0);
        SplittableRandom random = new SplittableRandom(4);
        float[][] views = new float[1_000][TARGET.size()];
        float[] batch = new float[TARGET.size() * 32];
        for (float[] view : views) {
            Arrays.fill(batch, -1);
            augmentation.view(prepared, 0, random, batch, 0);
            for (int place = 0; place < view.length; place++) {
                view[place] = batch[place * 32];
            }
        }
        return views;
    }
}
