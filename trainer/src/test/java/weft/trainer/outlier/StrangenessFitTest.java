package weft.trainer.outlier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.model.Strangeness;

/// What most images look like, learnt from images among which some are strange.
class StrangenessFitTest {
    private static final Shape SHAPE = new Shape.Vector(40);
    private static final int N = 3_000;
    private static final int FOREIGN = 30;

    /// Three flat groups in eight dimensions out of forty; the last images lie close together outside of all three.
    private static float[] stream() {
        Random random = new Random(3);
        float[] rows = new float[N * 40];
        for (int i = 0; i < N; i++) {
            boolean foreign = i >= N - FOREIGN;
            int group = i % 3;
            for (int j = 0; j < 40; j++) {
                double usual = j / 8 == group ? 1.5 + random.nextGaussian() : 0.05 * random.nextGaussian();
                double strange = j / 8 == 4 ? 0.7 + 0.1 * random.nextGaussian() : 0.05 * random.nextGaussian();
                rows[i * 40 + j] = (float) (foreign ? strange : usual);
            }
        }
        return rows;
    }

    private static Strangeness fit(float[] rows, int n) {
        return StrangenessFit.of(SHAPE, rows.clone(), n, new SplittableRandom(1))
                .orElseThrow()
                .strangeness();
    }

    @Test
    void oneImageInAHundredThatIsForeignIsStrangerThanAllOthers() {
        float[] rows = stream();
        Strangeness.Pass pass = fit(rows, N).pass();
        double usual = Double.NEGATIVE_INFINITY;
        double foreign = Double.POSITIVE_INFINITY;
        double distance = 0;
        for (int i = 0; i < N; i++) {
            double strange = pass.of(rows, i * 40);
            if (i >= N - FOREIGN) {
                foreign = Math.min(foreign, strange);
            } else {
                usual = Math.max(usual, strange);
                distance = Math.max(distance, norm(rows, i));
            }
        }

        assertThat(foreign).isGreaterThan(usual + 20);
        // They are nothing special by their length.
        assertThat(norm(rows, N - 1)).isLessThan(distance / 2);
    }

    private static double norm(float[] rows, int i) {
        double sum = 0;
        for (int j = 0; j < 40; j++) {
            sum += rows[i * 40 + j] * rows[i * 40 + j];
        }
        return Math.sqrt(sum);
    }

    @Test
    void theUnitOfTheValuesTellsNothing() {
        float[] rows = stream();
        float[] scaled = rows.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = scaled[i] * 1_024 + 4;
        }
        Strangeness.Pass pass = fit(rows, N).pass();
        Strangeness.Pass scaledPass = fit(scaled, N).pass();
        double foreign = scaledPass.of(scaled, (N - 1) * 40);
        double usual = scaledPass.of(scaled, 0);

        assertThat(foreign - usual).isGreaterThan(20);
        assertThat(pass.of(rows, (N - 1) * 40) - pass.of(rows, 0)).isGreaterThan(20);
    }

    @Test
    void theSameImagesGiveTheSame() {
        float[] rows = stream();

        assertThat(fit(rows, N)).isEqualTo(fit(rows, N));
        assertThat(fit(rows, N).means().rows()).isBetween(3, 16);
    }

    /// A small fit lies close to its own images; judged by the others they rank as images do that come later.
    @Test
    void imagesOfAFitAreAsStrangeToTheOthersAsNewOnesAreToThemAll() {
        float[] rows = stream();
        int n = 300;
        StrangenessFit.Fit fit = StrangenessFit.of(SHAPE, rows.clone(), n, new SplittableRandom(1))
                .orElseThrow();
        Strangeness.Pass pass = fit.strangeness().pass();
        double[] own = new double[n];
        double[] others = new double[n];
        double[] later = new double[N - FOREIGN - n];
        for (int i = 0; i < N - FOREIGN; i++) {
            if (i < n) {
                own[i] = pass.of(rows, i * 40);
                others[i] = fit.toOthers().get(i);
            } else {
                later[i - n] = pass.of(rows, i * 40);
            }
        }

        for (int tenth = 1; tenth < 9; tenth++) {
            assertThat(share(later, quantile(others, tenth)))
                    .as("new images below the tenth %d of those of the fit", tenth)
                    .isCloseTo(tenth / 10.0, within(0.06));
        }
        assertThat(share(later, quantile(own, 5))).as("by the fit itself").isLessThan(0.35);
    }

    private static double quantile(double[] values, int tenth) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length * tenth / 10];
    }

    private static double share(double[] values, double below) {
        return Arrays.stream(values).filter(value -> value < below).count() / (double) values.length;
    }

    @Test
    void whereNothingCanBeLearntThereIsNothing() {
        float[] rows = stream();
        assertThat(StrangenessFit.of(SHAPE, rows, 199, new SplittableRandom(1))).isEmpty();

        float[] alike = new float[N * 40];
        Arrays.fill(alike, 0.25f);
        assertThat(StrangenessFit.of(SHAPE, alike, N, new SplittableRandom(1))).isEmpty();

        float[] huge = stream();
        huge[7] = 1e30f;
        assertThat(StrangenessFit.of(SHAPE, huge, N, new SplittableRandom(1))).isEmpty();
    }

    /// Fewer values than axes, and some that never change.
    @Test
    void flatImagesAreNoTrouble() {
        Random random = new Random(4);
        Shape shape = new Shape.Vector(5);
        float[] rows = new float[400 * 5];
        for (int i = 0; i < 400; i++) {
            rows[i * 5 + 1] = (float) random.nextGaussian();
            rows[i * 5 + 3] = 2 * rows[i * 5 + 1];
        }
        Strangeness.Pass pass = StrangenessFit.of(shape, rows.clone(), 400, new SplittableRandom(1))
                .orElseThrow()
                .strangeness()
                .pass();

        assertThat(pass.of(new float[] {0, 30, 0, 60, 0}, 0)).isGreaterThan(pass.of(rows, 0) + 100);
    }
}
