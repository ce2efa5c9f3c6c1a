package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import weft.core.math.Matrix;
import weft.core.math.Vector;

/// Where an image stands among those of its cluster.
class RanksTest {
    /// Cluster 0: 0, 1, …, 1000; cluster 1: 5000, 5001, …, 6000; cluster 2: too few to tell anything.
    private static Ranks thousands() {
        int n = 2_002 + 5;
        int[] clusters = new int[n];
        float[] strangeness = new float[n];
        for (int i = 0; i <= 1_000; i++) {
            // 457 and 1,001 have no common divisor, so every number comes once.
            strangeness[i] = i * 457 % 1_001;
            clusters[1_001 + i] = 1;
            strangeness[1_001 + i] = 5_000 + i * 457 % 1_001;
        }
        for (int i = 2_002; i < n; i++) {
            clusters[i] = 2;
        }
        return Ranks.of(3, clusters, strangeness, n);
    }

    @Test
    void theShareIsThatOfTheClustersImagesThatAreLessStrange() {
        Ranks ranks = thousands();

        for (int x = 0; x <= 900; x += 7) {
            assertThat(ranks.share(0, x)).isCloseTo(x / 1_000.0, within(1e-6));
            assertThat(ranks.share(1, 5_000 + x)).isCloseTo(x / 1_000.0, within(1e-6));
        }
        assertThat(ranks.share(0, -1)).isZero();
        assertThat(ranks.share(1, 1_000)).isZero();
    }

    /// Beyond the last tenth both clusters have 1, 2, …, 100.
    @Test
    void beyondItAllClustersTogetherTell() {
        Ranks ranks = thousands();

        for (int x = 901; x <= 999; x += 7) {
            assertThat(ranks.share(0, x)).isCloseTo(x / 1_000.0, within(1.5e-3));
            assertThat(ranks.share(1, 5_000 + x)).isEqualTo(ranks.share(0, x));
        }
        assertThat(ranks.tail().toArray()).containsExactly(0, 51, 80, 90, 95, 98, 99);
    }

    /// From the last level on, which is 99 beyond here and 1 above the level before, .001 / (1 + x) is left.
    @Test
    void howeverStrangeAStrangerOneIsToldApart() {
        Ranks ranks = thousands();

        assertThat(ranks.share(0, 999)).isCloseTo(0.999, within(1e-9));
        assertThat(ranks.share(0, 1_000)).isCloseTo(0.9995, within(1e-9));
        assertThat(ranks.share(0, 1_008)).isCloseTo(0.9999, within(1e-9));
        double before = 0;
        for (double x = 900; x < 1e9; x *= 1.01) {
            assertThat(ranks.share(0, x)).isBetween(before, 1.0);
            assertThat(ranks.share(0, x)).isGreaterThan(before);
            before = ranks.share(0, x);
        }
        assertThat(ranks.share(0, Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void aClusterOfFewImagesIsJudgedAsAllTogether() {
        Ranks ranks = thousands();

        // Half of all lie below 1,000: five zeros beside the two thousand and two.
        assertThat(ranks.share(2, 998)).isCloseTo(0.5, within(0.01));
    }

    /// Cluster 0: 0, 1, …, 1000; cluster 1: 5000, 5001, …, 5039. A twentieth of them all exceeds 988.
    @Test
    void aClusterOfNothingButStrangeImagesDoesNotHideThem() {
        int[] clusters = new int[1_041];
        float[] strangeness = new float[1_041];
        for (int i = 0; i < 1_041; i++) {
            clusters[i] = i > 1_000 ? 1 : 0;
            strangeness[i] = i > 1_000 ? 4_000 + i - 1 : i;
        }
        Ranks ranks = Ranks.of(2, clusters, strangeness, 1_041);

        assertThat(ranks.quantiles().get(1, 0)).isEqualTo(988);
        assertThat(ranks.quantiles().get(1, 9)).isEqualTo(988);
        assertThat(ranks.quantiles().get(0, 9)).isEqualTo(900);
        assertThat(ranks.share(1, 5_000)).isGreaterThan(ranks.share(0, 1_000));
        assertThat(ranks.share(1, 5_039)).isGreaterThan(ranks.share(1, 5_000));
    }

    @Test
    void whereAllImagesAreAlikeAnyOtherIsStrange() {
        Ranks ranks = Ranks.of(1, new int[100], new float[100], 100);

        assertThat(ranks.share(0, 0)).isZero();
        assertThat(ranks.share(0, 0.001)).isCloseTo(1, within(1e-6));
    }

    @Test
    void whatAreNoRanksIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ranks(Matrix.of(1, 3, new float[3]), Vector.of(0)))
                .withMessage("ranks have 10 quantiles of a cluster and 7 beyond, not 3 and 1");
        float[] falling = new float[10];
        falling[4] = 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ranks(Matrix.of(1, 10, falling), Vector.of(new double[7])))
                .withMessage("the ranks of cluster 0 do not rise");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ranks(Matrix.of(1, 10, new float[10]), Vector.of(0, 1, 0, 0, 0, 0, 0)))
                .withMessage("the ranks beyond all clusters do not rise");
    }
}
