package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import weft.core.math.Matrix;

/// How strange an image is among those of its cluster.
class SpreadTest {
    /// Cluster 0: 0, 1, …, 1000; cluster 1: too few to tell anything.
    private static Spread thousand() {
        int n = 1_001 + 5;
        int[] clusters = new int[n];
        float[] strangeness = new float[n];
        for (int i = 0; i <= 1_000; i++) {
            // 457 and 1,001 have no common divisor, so every number comes once.
            strangeness[i] = i * 457 % 1_001;
        }
        for (int i = 1_001; i < n; i++) {
            clusters[i] = 1;
            strangeness[i] = 0;
        }
        return Spread.of(2, clusters, strangeness, n);
    }

    @Test
    void theShareIsThatOfTheImagesThatLieNearer() {
        Spread spread = thousand();

        assertThat(spread.quantile(0, 0.5)).isEqualTo(500);
        assertThat(spread.quantile(0, 0.98)).isEqualTo(980);
        for (int x = 0; x <= 980; x += 7) {
            assertThat(spread.share(0, x)).isCloseTo(x / 1_000.0, within(1e-6));
        }
        assertThat(spread.share(0, -1)).isZero();
    }

    /// Behind the last quantile, 1 − .02 · exp(−ln 5 · (x − 980) / 80).
    @Test
    void theTailFallsOffExponentially() {
        Spread spread = thousand();

        assertThat(spread.share(0, 1_060)).isCloseTo(1 - 0.02 / 5, within(1e-9));
        assertThat(spread.share(0, 1_140)).isCloseTo(1 - 0.02 / 25, within(1e-9));
        assertThat(spread.share(0, 1e9)).isEqualTo(1);
        double before = spread.share(0, 980);
        for (double x = 981; x < 1_900; x++) {
            assertThat(spread.share(0, x)).isGreaterThan(before);
            before = spread.share(0, x);
        }
    }

    @Test
    void aClusterOfFewImagesIsJudgedAsAllTogether() {
        Spread spread = thousand();

        // Five zeros beside the thousand and one.
        assertThat(spread.quantile(1, 0.5)).isEqualTo(498);
        assertThat(spread.share(1, 498)).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void whereAllImagesAreAlikeAnyOtherIsStrange() {
        Spread spread = Spread.of(1, new int[100], new float[100], 100);

        assertThat(spread.share(0, 0)).isZero();
        assertThat(spread.share(0, 0.001)).isEqualTo(1);
    }

    @Test
    void whatIsNoSpreadIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Spread(Matrix.of(1, 3, new float[3])))
                .withMessage("a spread has 11 quantiles of a cluster, not 3");
        float[] falling = new float[11];
        falling[4] = 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Spread(Matrix.of(1, 11, falling)))
                .withMessage("the quantiles of cluster 0 do not rise");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> thousand().quantile(0, 0.42))
                .withMessage("the quantile of 0.42 is not kept");
    }
}
