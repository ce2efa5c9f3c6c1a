package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// What two mini-batches teach under one model, added, is what both together teach.
class ContributionsTest {
    private static final int D = 3;

    private static Codes codes(int from, int to) {
        Codes codes = new Codes(to - from, D);
        Random random = new Random(3);
        for (int i = 0; i < to; i++) {
            float[] row = {random.nextFloat() + i % 2 * 4, random.nextFloat(), random.nextFloat()};
            if (i >= from) {
                codes.add(row, 0);
            }
        }
        return codes;
    }

    private static Codes all() {
        return codes(0, 100);
    }

    @Test
    void ofKMeans() {
        DecayedMeans means = new DecayedMeans(2, D, 1_000);
        means.adopt(KMeans.fit(all(), 2, 5, Sampling.random(1, 1)), new int[] {0, 1}, 100);
        float[] before = means.centroids().clone();

        KMeansContribution whole = means.contribution(all(), new int[100]);
        KMeansContribution sum =
                means.contribution(codes(0, 30), new int[30]).plus(means.contribution(codes(30, 100), new int[70]));

        assertThat(means.centroids()).as("nothing is changed by it").isEqualTo(before);
        assertThat(sum.images()).isEqualTo(100);
        assertThat(sum.counts()).isEqualTo(whole.counts());
        assertThat(sum.inertia()).isCloseTo(whole.inertia(), within(1e-6));
        assertThat(sum.farthest()).isEqualTo(whole.farthest());
        for (int i = 0; i < 2 * D; i++) {
            assertThat(sum.sum(i / D)[i % D]).isCloseTo(whole.sum(i / D)[i % D], within(1e-3f));
        }
    }

    @Test
    void ofAMixture() {
        MixtureStatistics mixture = new MixtureStatistics(2, D);
        mixture.start(all(), KMeans.fit(all(), 2, 5, Sampling.random(1, 1)).clusters(), 1e-3);

        MixtureSums whole = mixture.contribution(all());
        MixtureSums sum = mixture.contribution(codes(0, 30)).plus(mixture.contribution(codes(30, 100)));

        for (int c = 0; c < 2; c++) {
            assertThat(sum.weight(c)).isCloseTo(whole.weight(c), within(1e-9));
            for (int i = 0; i < D; i++) {
                assertThat(sum.first(c, i)).isCloseTo(whole.first(c, i), within(1e-9));
            }
            for (int at = 0; at < D * (D + 1) / 2; at++) {
                assertThat(sum.second(c, at)).isCloseTo(whole.second(c, at), within(1e-9));
            }
        }
        mixture.apply(whole, .5);
        mixture.maximise(1e-3);
        assertThat(mixture.components()).hasSize(2);
    }
}
