package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.DoubleSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KMeansReferenceTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsWellSeparatedBlobs(long seed) {
        Codes codes = Blobs.of(2_000, 8, 5, .5, seed);

        KMeans fit = KMeans.fit(codes, 8, 20, new SplittableRandom(seed));

        assertThat(fit.inertia() / Blobs.inertia(codes, 8)).isCloseTo(1, within(1e-3));
        assertThat(fit.counts()).containsOnly(250);
    }

    @Test
    void convergesWhereScikitLearnDoes() {
        Codes codes = References.uniform();

        KMeans fit = KMeans.refine(codes, codes.values(), 5, 1_000);

        assertThat(fit.inertia()).isCloseTo(References.LLOYD, Percentage.withPercentage(1e-3));
        assertThat(fit.counts()).containsExactly(58, 74, 59, 56, 53);
    }

    /// One start is luck, so that only the distribution over many can be compared.
    @Test
    void startsAsWellAsScikitLearn() {
        Codes codes = References.uniform();

        DoubleSummaryStatistics inertia = IntStream.range(0, 400)
                .mapToDouble(seed ->
                        KMeans.fit(codes, 5, 1_000, new SplittableRandom(seed)).inertia())
                .summaryStatistics();

        // A mean of 400 has a standard error of about .1 %.
        assertThat(inertia.getAverage() / References.MEAN_OF_STARTS).isCloseTo(1, within(.004));
        assertThat(inertia.getMin() / References.BEST_OF_STARTS).isCloseTo(1, within(1e-4));
    }

    @Test
    void choosesAmongCandidatesAsScikitLearnDoes() {
        Codes codes = References.uniform();

        double mean = IntStream.range(0, 400)
                .mapToDouble(seed ->
                        KMeans.fit(codes, 5, 0, new SplittableRandom(seed)).inertia())
                .average()
                .orElseThrow();

        // With one candidate a step it would be a sixth more.
        assertThat(mean / References.PLUS_PLUS).isCloseTo(1, within(.02));
    }

    @Test
    void aRoundNeverRaisesTheInertia() {
        Codes codes = Blobs.of(1_000, 4, 6, 4, 9);
        double before = Double.POSITIVE_INFINITY;
        for (int rounds = 0; rounds < 30; rounds++) {
            double inertia = KMeans.refine(codes, codes.values(), 12, rounds).inertia();
            assertThat(inertia).as("after %d rounds", rounds).isLessThanOrEqualTo(before * (1 + 1e-6));
            before = inertia;
        }
    }

    @Test
    void refillsEmptyClusters() {
        Codes codes = Blobs.of(400, 4, 2, .5, 3);
        float[] start = {0, 0, 1e4f, 1e4f, 2e4f, 2e4f, 3e4f, 3e4f};

        KMeans fit = KMeans.refine(codes, start, 4, 20);

        assertThat(fit.counts()).doesNotContain(0);
        assertThat(fit.inertia()).isLessThan(KMeans.refine(codes, start, 4, 0).inertia() / 2);
        assertThat(start).as("the start").startsWith(0, 0, 1e4f);
    }

    @Test
    void asManyClustersAsRowsFitExactly() {
        Codes codes = Blobs.of(8, 8, 3, 1, 1);

        KMeans fit = KMeans.fit(codes, 8, 5, new SplittableRandom(1));

        assertThat(fit.counts()).containsOnly(1);
        assertThat(fit.inertia()).isZero();
    }
}
