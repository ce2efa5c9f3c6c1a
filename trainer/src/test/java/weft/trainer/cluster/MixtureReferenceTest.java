package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.model.GaussianMixture;
import weft.core.model.GaussianMixture.Component;

class MixtureReferenceTest {
    private static final Codes CODES = References.mixture();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void recoversKnownGaussians(long seed) {
        List<Component> found = byWeight(fitted(seed, 4_000));

        assertThat(found.stream().mapToDouble(Component::weight).toArray())
                .containsExactly(new double[] {.5, .3, .2}, within(.03));
        double[][] means = {{0, 0}, {4, 1}, {1, 5}};
        double[][] covariances = {{1, .5, .89}, {.36, 0, 1.44}, {.49, -.28, .41}};
        // The ridge adds .01 of the mean variance of about 4.
        for (int c = 0; c < 3; c++) {
            assertThat(found.get(c).mean().toArray()).containsExactly(means[c], within(.1));
            assertThat(found.get(c).covariance().toArray()).containsExactly(covariances[c], within(.15));
        }
    }

    @Test
    void fitsAsWellAsScikitLearn() {
        assertThat(logLikelihood(fitted(1, 4_000))).isCloseTo(References.MIXTURE_LOG_LIKELIHOOD, within(.05));
    }

    @Test
    void keepsIdsFromFitToFit() {
        MixtureLearner learner = learner(3, 2, 1);
        int[] stored = new int[4_000];
        Arrays.fill(stored, -1);
        int[] before = {};
        for (int end : new int[] {500, 1_000, 2_000, 3_000, 4_000}) {
            int[] labels = Arrays.copyOf(stored, end);
            learner.follow(Blobs.range(CODES, 0, end), labels, end);
            System.arraycopy(labels, 0, stored, 0, end);
            int[] after = Assign.all(learner.clusterer(), CODES);
            if (before.length > 0) {
                assertThat(Assign.agreement(before, after)).as("at %d", end).isGreaterThan(.95);
            }
            assertThat(Assign.agreement(labels, Arrays.copyOf(after, end))).isGreaterThan(.999);
            before = after;
        }
    }

    @Test
    void stepwiseItStaysNearTheOptimum() {
        MixtureLearner learner = fitted(1, 10_000);
        for (int step = 0; step < 20; step++) {
            learn(learner, step * 256 % 3_840, 256);
            assertThat(logLikelihood(learner))
                    .as("after step %d", step)
                    .isGreaterThan(References.MIXTURE_LOG_LIKELIHOOD - .06);
        }
        assertThat(logLikelihood(learner)).isGreaterThan(References.MIXTURE_LOG_LIKELIHOOD - .03);
        assertThat(learner.measures().get("loglikelihood")).isCloseTo(References.MIXTURE_LOG_LIKELIHOOD, within(.1));
        assertThat(learner.reseeds()).isZero();
    }

    @Test
    void aStepsLengthFallsByTheFormula() {
        MixtureLearner learner = fitted(1, 10_000);
        int heaviest = Assign.all(learner.clusterer(), Blobs.equal(1, 0, 0))[0];
        double weight = ClustererStates.parse(learner.save()).getMixture().getWeights(heaviest);
        for (int step = 0; step < 3; step++) {
            // A code that is surely this component's.
            learner.learn(Blobs.equal(256, -1, -1.5f), new int[256]);
            double eta = Math.pow(step + 10, -.6);
            weight = (1 - eta) * weight + eta;
            assertThat(ClustererStates.parse(learner.save()).getMixture().getWeights(heaviest))
                    .isCloseTo(weight, within(1e-4));
        }
    }

    @Test
    void stepwiseItFollowsAShift() {
        MixtureLearner learner = fitted(1, 10_000);
        Codes shifted = References.mixture();
        for (int i = 0; i < shifted.values().length; i++) {
            shifted.values()[i] += .8f;
        }
        double before = Assign.objective(learner.clusterer(), shifted) / 4_000;
        for (int step = 0; step < 20; step++) {
            int from = step * 256 % 3_840;
            learner.learn(Blobs.range(shifted, from, from + 256), new int[256]);
        }
        double after = Assign.objective(learner.clusterer(), shifted) / 4_000;

        assertThat(before).isLessThan(References.MIXTURE_LOG_LIKELIHOOD - .3);
        assertThat(after).isGreaterThan(References.MIXTURE_LOG_LIKELIHOOD - .06);
    }

    @Test
    void survivesAConstantDimensionAndRepeatedRows() {
        Codes codes = new Codes(1_200, 3);
        for (int i = 0; i < 1_200; i++) {
            codes.add(new float[] {i % 3, 5, i % 3 == 2 ? 1 : 0}, 0);
        }
        MixtureLearner learner = learner(3, 3, 1);
        learner.follow(codes, none(1_200), 10_000);
        learner.learn(codes, new int[1_200]);

        // Three points, each a component as wide as the ridge; the clusterer itself refuses what is not finite.
        double ridge = .01 * codes.meanVariance();
        assertThat(byWeight(learner)).allSatisfy(component -> {
            assertThat(component.weight()).isCloseTo(1 / 3.0, within(.01));
            assertThat(component.mean().get(1)).isCloseTo(5, within(1e-5));
            assertThat(component.covariance().get(2)).isCloseTo(ridge, within(1e-6));
        });
    }

    @Test
    void seedsAComponentThatLostItsWeightAnew() {
        Codes window = new Codes(2_010, 2);
        for (int i = 0; i < 2_000; i++) {
            window.add(CODES.values(), CODES.offset(i));
        }
        for (int i = 0; i < 10; i++) {
            window.add(new float[] {60 + .1f * i, 60}, 0);
        }
        MixtureLearner learner = learner(4, 2, 1);
        learner.follow(window, none(2_010), 10_000);
        assertThat(byWeight(learner).getLast().weight()).isLessThan(.006);

        learn(learner, 0, 3_840);

        assertThat(learner.reseeds()).isBetween(1L, 3L);
        assertThat(byWeight(learner).getLast().mean().get(0)).isLessThan(10);
        assertThat(logLikelihood(learner)).isGreaterThan(References.MIXTURE_LOG_LIKELIHOOD - .1);
    }

    private static MixtureLearner learner(int k, int dimension, long seed) {
        return new MixtureLearner(new MixtureLearner.Settings(k, dimension, Follow.TRANSPORT, seed));
    }

    private static MixtureLearner fitted(long seed, long imagesSeen) {
        MixtureLearner learner = learner(3, 2, seed);
        learner.follow(CODES, none(4_000), imagesSeen);
        return learner;
    }

    private static void learn(MixtureLearner learner, int from, int rows) {
        learner.learn(Blobs.range(CODES, from, from + rows), new int[rows]);
    }

    private static int[] none(int rows) {
        int[] labels = new int[rows];
        Arrays.fill(labels, -1);
        return labels;
    }

    private static double logLikelihood(MixtureLearner learner) {
        return Assign.objective(learner.clusterer(), CODES) / CODES.rows();
    }

    private static List<Component> byWeight(MixtureLearner learner) {
        return ((GaussianMixture) learner.clusterer())
                .components().stream()
                        .sorted(Comparator.comparingDouble(Component::weight).reversed())
                        .toList();
    }
}
