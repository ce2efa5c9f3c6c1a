package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weft.core.model.GaussianMixture;

class MixtureLearnerTest {
    private static MixtureLearner learner(int k, int d) {
        return new MixtureLearner(new MixtureLearner.Settings(k, d, Follow.TRANSPORT, 11));
    }

    /// Two Gaussians: weight .3 about (0, 0) with unit variance, .7 about (6, 2) with variances 4 and .25.
    private static Codes known(int rows, Random random) {
        Codes codes = new Codes(rows, 2);
        for (int i = 0; i < rows; i++) {
            boolean first = random.nextDouble() < 0.3;
            float x = (float) random.nextGaussian();
            float y = (float) random.nextGaussian();
            codes.add(first ? new float[] {x, y} : new float[] {6 + 2 * x, 2 + 0.5f * y}, 0);
        }
        return codes;
    }

    @Test
    void recoversKnownGaussiansAndStaysThereOnline() {
        Random random = new Random(1);
        MixtureLearner learner = learner(2, 2);
        Codes window = known(10_000, random);
        int[] labels = new int[10_000];
        Arrays.fill(labels, -1);
        learner.follow(window, labels, 10_048);
        assertKnown(learner);
        for (int batch = 0; batch < 400; batch++) {
            learner.learn(known(64, random), new int[64]);
        }
        assertKnown(learner);
        // -H(z) - sum w_k H(N_k): ln .3 and ln .7 weighted, entropies 1 + ln 2pi + half the log determinants.
        double entropies = 1 + Math.log(2 * Math.PI);
        double expected = 0.3 * (Math.log(0.3) - entropies) + 0.7 * (Math.log(0.7) - entropies);
        assertThat(learner.measures().get("loglikelihood")).isCloseTo(expected, within(0.1));
    }

    private static void assertKnown(MixtureLearner learner) {
        GaussianMixture mixture = (GaussianMixture) learner.clusterer();
        int light = mixture.components().getFirst().weight() < 0.5 ? 0 : 1;
        GaussianMixture.Component low = mixture.components().get(light);
        GaussianMixture.Component high = mixture.components().get(1 - light);
        assertThat(low.weight()).isCloseTo(0.3, within(0.04));
        assertThat(high.mean().get(0)).isCloseTo(6, within(0.25));
        assertThat(high.mean().get(1)).isCloseTo(2, within(0.1));
        assertThat(low.mean().get(0)).isCloseTo(0, within(0.25));
        // Lower triangle: xx, xy, yy.
        assertThat(high.covariance().get(0)).isCloseTo(4, within(0.6));
        assertThat(high.covariance().get(1)).isCloseTo(0, within(0.25));
        assertThat(high.covariance().get(2)).isCloseTo(0.25, within(0.1));
    }

    @Test
    void constantDimensionsAndEqualRowsLeaveFiniteParameters() {
        Codes window = new Codes(600, 3);
        Random random = new Random(2);
        for (int i = 0; i < 600; i++) {
            window.add(new float[] {i % 2 == 0 ? 0 : 5 + (float) random.nextGaussian(), 0, 7}, 0);
        }
        MixtureLearner learner = learner(3, 3);
        learner.follow(window, new int[600], 512);
        GaussianMixture mixture = (GaussianMixture) learner.clusterer();
        assertThat(Double.isFinite(mixture.pass().assign(new float[] {0, 0, 7}).score()))
                .isTrue();

        Codes equal = new Clouds(new double[][] {{1, 2, 3}}, 0, 1).rows(600);
        MixtureLearner same = learner(3, 3);
        same.follow(equal, new int[600], 512);
        for (GaussianMixture.Component component : ((GaussianMixture) same.clusterer()).components()) {
            assertThat(component.mean().get(1)).isCloseTo(2, within(1e-6));
        }
    }

    @Test
    void goesOnExactlyInTheMiddleOfABatch() {
        MixtureLearner undisturbed = learner(2, 2);
        Random random = new Random(3);
        undisturbed.follow(known(2_000, random), new int[2_000], 10_048);
        MixtureLearner resumed = MixtureLearner.of(
                new MixtureLearner.Settings(2, 2, Follow.TRANSPORT, 11), Optional.of(undisturbed.save()));
        for (int batch = 0; batch < 30; batch++) {
            Codes codes = known(50, random);
            int[] labels = new int[50];
            int[] again = new int[50];
            undisturbed.learn(codes, labels);
            resumed.learn(codes, again);
            assertThat(again).isEqualTo(labels);
            resumed = MixtureLearner.of(
                    new MixtureLearner.Settings(2, 2, Follow.TRANSPORT, 11), Optional.of(resumed.save()));
            assertThat(resumed.save()).isEqualTo(undisturbed.save());
        }
        assertThat(resumed.clusterer()).isEqualTo(undisturbed.clusterer());
    }

    @Test
    void aComponentThatLostItsWeightIsReseeded() {
        MixtureLearner learner = learner(3, 1);
        Clouds three = new Clouds(new double[][] {{0}, {10}, {100}}, 1, 4);
        learner.follow(three.rows(3_000), new int[3_000], 10_048);
        Clouds two = new Clouds(new double[][] {{0}, {10}}, 1, 5);
        for (int batch = 0; batch < 800; batch++) {
            learner.learn(two.rows(64), new int[64]);
        }
        assertThat(learner.reseeds()).isPositive();
        ((GaussianMixture) learner.clusterer())
                .components()
                .forEach(component -> assertThat(component.mean().get(0)).isBetween(-5.0, 15.0));
    }
}
