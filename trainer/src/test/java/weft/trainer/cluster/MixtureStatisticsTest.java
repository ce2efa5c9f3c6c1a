package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weft.core.model.GaussianMixture;

class MixtureStatisticsTest {
    @Test
    void maximisesToTheMomentsOfItsMembers() {
        Codes codes = new Codes(4, 2);
        for (float[] row : new float[][] {{0, 0}, {2, 2}, {10, 0}, {10, 4}}) {
            codes.add(row, 0);
        }
        MixtureStatistics statistics = new MixtureStatistics(2, 2);

        statistics.start(codes, new int[] {0, 0, 1, 1}, .5);

        // The variances are 20.75 and 2.75: a twentieth of them and the ridge are on each diagonal.
        GaussianMixture.Component first = statistics.components().get(0);
        GaussianMixture.Component second = statistics.components().get(1);
        assertThat(first.weight()).isCloseTo(.5, within(1e-12));
        assertThat(first.mean().toArray()).containsExactly(new double[] {1, 1}, within(1e-6));
        assertThat(first.covariance().toArray())
                .containsExactly(new double[] {1 + 1.0375 + .5, 1, 1 + .1375 + .5}, within(1e-6));
        assertThat(second.mean().toArray()).containsExactly(new double[] {10, 2}, within(1e-6));
        assertThat(second.covariance().toArray())
                .containsExactly(new double[] {1.0375 + .5, 0, 4 + .1375 + .5}, within(1e-6));
    }

    @Test
    void expectsTheDensityOfThePublishedMixture() {
        Codes codes = References.mixture();
        MixtureStatistics statistics = fitted(codes, 1);
        GaussianMixture published = new GaussianMixture(statistics.components());

        double sum = 0;
        // Blocks of 64, then of 11, which is not whole groups of lanes.
        for (int from = 0, n = 64; from < codes.rows(); from += n, n = 11) {
            n = Math.min(n, codes.rows() - from);
            statistics.expect(codes, from, n);
            for (int row = 0; row < n; row++) {
                sum += statistics.logLikelihood(row);
            }
        }

        assertThat(sum / codes.rows()).isCloseTo(Assign.objective(published, codes) / codes.rows(), within(1e-5));
    }

    @Test
    void aRoundOfEmNeverLosesLikelihood() {
        Codes codes = References.mixture();
        MixtureStatistics statistics = fitted(codes, 0);
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < 40; round++) {
            statistics.apply(statistics.contribution(codes), 1);
            statistics.maximise(1e-6);
            double now = Assign.objective(new GaussianMixture(statistics.components()), codes);
            assertThat(now).as("round %d", round).isGreaterThan(before - .05);
            before = now;
        }
        assertThat(before / codes.rows()).isCloseTo(References.MIXTURE_LOG_LIKELIHOOD, within(1e-3));
    }

    @Test
    void farFromTheOriginSquaresDoNotCancel() {
        Codes near = References.mixture();
        Codes far = References.mixture();
        for (int i = 0; i < far.values().length; i++) {
            far.values()[i] += 1_000;
        }
        List<GaussianMixture.Component> here = fitted(near, 5).components();
        List<GaussianMixture.Component> there = fitted(far, 5).components();
        for (int c = 0; c < 3; c++) {
            assertThat(there.get(c).covariance().toArray())
                    .containsExactly(here.get(c).covariance().toArray(), within(1e-3));
        }
    }

    @Test
    void componentsThatLostTheirWeightPartToDifferentCodes() {
        Codes codes = Blobs.of(2_000, 2, 2, 1, 6);
        int[] labels = IntStream.range(0, 2_000).map(i -> i % 2).toArray();
        labels[0] = 2;
        labels[1] = 3;
        MixtureStatistics statistics = new MixtureStatistics(4, 2);
        statistics.start(codes, labels, .01);

        int reseeded = 0;
        for (int batch = 0; batch < 4; batch++) {
            reseeded += statistics.reseedLightest(codes) ? 1 : 0;
            statistics.maximise(.01);
            statistics.apply(statistics.contribution(codes), .2);
            statistics.maximise(.01);
        }

        assertThat(reseeded).isGreaterThanOrEqualTo(2);
        List<GaussianMixture.Component> components = statistics.components();
        assertThat(components.get(2).mean()).isNotEqualTo(components.get(3).mean());
        for (GaussianMixture.Component component : components) {
            assertThat(component.weight()).isGreaterThan(.02);
        }
    }

    private static MixtureStatistics fitted(Codes codes, int rounds) {
        MixtureStatistics statistics = new MixtureStatistics(3, 2);
        statistics.start(codes, KMeans.fit(codes, 3, 20, Sampling.random(1, 1)).clusters(), 1e-6);
        for (int round = 0; round < rounds; round++) {
            statistics.apply(statistics.contribution(codes), 1);
            statistics.maximise(1e-6);
        }
        return statistics;
    }
}
