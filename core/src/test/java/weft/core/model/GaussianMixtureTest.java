package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import weft.core.math.Vector;
import weft.core.model.GaussianMixture.Component;

class GaussianMixtureTest {
    private static final Offset<Double> CLOSE = within(1e-5);

    private static final GaussianMixture MIXTURE = new GaussianMixture(List.of(
            new Component(0.25, Vector.of(1, 2), Vector.of(2, 0.25, 0.5)),
            new Component(0.75, Vector.of(-1, 0.5), Vector.of(1, -0.5, 1.5))));

    /// The constants of the next three, with SciPy 1.10:
    ///
    /// ```
    /// from numpy import log, exp; from scipy.special import logsumexp
    /// from scipy.stats import multivariate_normal as normal
    /// for x in ([.25, 1], [1, 1.75], [-6, 20]):
    ///     l = [log(.25) + normal([1, 2], [[2, .25], [.25, .5]]).logpdf(x),
    ///          log(.75) + normal([-1, .5], [[1, -.5], [-.5, 1.5]]).logpdf(x)]
    ///     print(l, logsumexp(l), exp(l - logsumexp(l)))
    /// ```
    @Test
    void agreesWithScipyBetweenTheMeans() {
        Clusterer.Pass pass = MIXTURE.pass();
        Assignment assignment = pass.assign(new float[] {0.25f, 1});

        assertThat(assignment.cluster()).isEqualTo(1);
        assertThat(assignment.score()).isCloseTo(0.66461703, CLOSE);
        assertThat(assignment.margin()).isCloseTo(0.66461703 - 0.33538297, CLOSE);
        assertThat(pass.objective()).isCloseTo(-3.116086619584324, CLOSE);
    }

    @Test
    void manyCodesGetWhatEachGetsAlone() {
        float[] codes = {0.25f, 1, 1, 1.75f, -6, 20};
        int[] clusters = new int[3];
        float[] objectives = new float[3];
        Clusterer.Pass pass = MIXTURE.pass();

        pass.assign(codes, 2, 3, clusters, objectives);

        for (int i = 0; i < 3; i++) {
            float[] code = {codes[2 * i], codes[2 * i + 1]};
            assertThat(clusters[i]).isEqualTo(pass.assign(code).cluster());
            assertThat(objectives[i]).isEqualTo((float) pass.objective());
        }
    }

    @Test
    void agreesWithScipyNearTheFirstMean() {
        Clusterer.Pass pass = MIXTURE.pass();
        Assignment assignment = pass.assign(new float[] {1, 1.75f});

        assertThat(assignment.cluster()).isZero();
        assertThat(assignment.score()).isCloseTo(0.95273479, CLOSE);
        assertThat(assignment.margin()).isCloseTo(0.95273479 - 0.04726521, CLOSE);
        assertThat(pass.objective()).isCloseTo(-3.2101501305475524, CLOSE);
    }

    @Test
    void agreesWithScipyFarOutWhereDensitiesUnderflow() {
        Clusterer.Pass pass = MIXTURE.pass();
        Assignment assignment = pass.assign(new float[] {-6, 20});

        assertThat(assignment).isEqualTo(new Assignment(1, 1, 1));
        assertThat(pass.objective()).isCloseTo(-130.33713091451818, within(1e-4));
    }

    @Test
    void isTheHandComputedOneOfTwoUnitGaussians() {
        // Equal weights, means 0 and 2: at 0.5 the exponents are -1/8 and -9/8, the posterior 1 / (1 + e^-1).
        GaussianMixture line = new GaussianMixture(List.of(
                new Component(0.5, Vector.of(0), Vector.of(1)), new Component(0.5, Vector.of(2), Vector.of(1))));
        Clusterer.Pass pass = line.pass();

        Assignment assignment = pass.assign(new float[] {0.5f});

        assertThat(assignment.score()).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
        assertThat(pass.objective())
                .isCloseTo(
                        Math.log(0.5 * (Math.exp(-0.125) + Math.exp(-1.125)) / Math.sqrt(2 * Math.PI)), within(1e-12));
    }

    @Test
    void refusesWhatIsNoMixture() {
        Component half = new Component(0.5, Vector.of(0), Vector.of(1));
        Component quarter = new Component(0.25, Vector.of(0), Vector.of(1));
        Component flat = new Component(0.5, Vector.of(0, 0), Vector.of(1, 0, 1));
        refused("k must be at least 2, not 1", () -> new GaussianMixture(List.of(half)));
        refused("weights must sum to 1, not 0.75", () -> new GaussianMixture(List.of(half, quarter)));
        refused("components of 1 and of 2 dimensions do not mix", () -> new GaussianMixture(List.of(half, flat)));
    }

    @Test
    void refusesWhatIsNoComponent() {
        refused("weight must be above 0 and at most 1, not 0.0", () -> new Component(0, Vector.of(0), Vector.of(1)));
        refused(
                "weight must be above 0 and at most 1, not NaN",
                () -> new Component(Double.NaN, Vector.of(0), Vector.of(1)));
        refused(
                "a covariance of 2 dimensions has 3 values in its lower triangle, not 4",
                () -> new Component(1, Vector.of(0, 0), Vector.of(1, 0, 0, 1)));
        // 65,536 * 65,537 / 2 as an int is 32,768.
        refused(
                "a covariance of 65536 dimensions has 2147516416 values in its lower triangle, not 32768",
                () -> new Component(1, Vector.of(new double[65_536]), Vector.of(new double[32_768])));
        // Off the diagonal 2, on it 1: the second pivot is 1 - 4.
        refused(
                "the matrix is not positive definite: pivot 1 is -3.0",
                () -> new Component(1, Vector.of(0, 0), Vector.of(1, 2, 1)));
    }

    private static void refused(String message, Runnable construction) {
        assertThatIllegalArgumentException().isThrownBy(construction::run).withMessage(message);
    }

    @Test
    void bicCountsEveryParameterOnce() {
        // Two components in three dimensions: 1 weight, 6 means, 12 covariances.
        assertThat(GaussianMixture.bic(2, 3, 1_000, -5_000)).isCloseTo(19 * Math.log(1_000) + 10_000, within(1e-9));
    }
}
