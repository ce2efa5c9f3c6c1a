package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import weft.core.math.Matrix;

class SpreadTest {
    private static final int IMAGES = 1_001;

    /// A cluster whose images lie at 0, 1, 2, … 1,000.
    private static Spread even() {
        int[] clusters = new int[IMAGES];
        float[] strangeness = new float[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            strangeness[i] = IMAGES - 1 - i;
        }
        return Spread.of(2, clusters, strangeness, IMAGES);
    }

    @Test
    void theShareOfImagesThatLieNearer() {
        Spread spread = even();

        assertThat(spread.share(0, -5)).isZero();
        assertThat(spread.share(0, 0)).isZero();
        assertThat(spread.share(0, 250)).isEqualTo(0.25, within(1e-9));
        assertThat(spread.share(0, 940)).isEqualTo(0.94, within(1e-9));
        assertThat(spread.share(0, 980)).isEqualTo(0.98, within(1e-9));
    }

    @Test
    void behindTheLastLevelItFallsOffExponentially() {
        Spread spread = even();

        // From .9 to .98 it took 80, for a fifth of what was left: so it goes on.
        assertThat(spread.share(0, 1_060)).isEqualTo(1 - 0.02 / 5, within(1e-9));
        assertThat(spread.share(0, 1_140)).isEqualTo(1 - 0.02 / 25, within(1e-9));
        assertThat(spread.share(0, 1e9)).isEqualTo(1);
    }

    @Test
    void aClusterOfFewImagesIsJudgedAsAllTogether() {
        Spread spread = even();

        assertThat(spread.share(1, 250)).isEqualTo(0.25, within(1e-9));
    }

    @Test
    void imagesThatAreAllAlikeLeaveNoRoomBetween() {
        Spread spread = Spread.of(2, new int[50], new float[50], 50);

        assertThat(spread.share(0, 0)).isZero();
        assertThat(spread.share(0, 1e-6)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoSpread() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Spread(Matrix.of(1, 3, new float[3])))
                .withMessage("a spread has 11 quantiles of a cluster, not 3");
        float[] falling = new float[11];
        falling[0] = 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Spread(Matrix.of(1, 11, falling)))
                .withMessage("the quantiles of cluster 0 do not rise");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClusterFacts(even(), List.of(0, 0, 0)))
                .withMessageContaining("quantiles of 2 clusters do not fit to 3 generations");
    }
}
