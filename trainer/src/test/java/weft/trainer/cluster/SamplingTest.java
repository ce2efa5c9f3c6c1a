package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplingTest {
    private static final double DRAWS = 1e6;

    @Test
    void drawsInProportionToTheWeights() {
        int[] drawn = draw(new float[] {1, 0, 3, 6});

        assertThat(drawn[1]).isZero();
        assertThat(drawn[0] / DRAWS).isCloseTo(.1, within(.002));
        assertThat(drawn[2] / DRAWS).isCloseTo(.3, within(.002));
        assertThat(drawn[3] / DRAWS).isCloseTo(.6, within(.002));
    }

    @Test
    void drawsAnyWhereAllWeightsAreZero() {
        for (int count : draw(new float[4])) {
            assertThat(count / DRAWS).isCloseTo(.25, within(.002));
        }
    }

    @Test
    void anEventRepeatsAndDiffersFromTheNext() {
        long once = Sampling.random(7, 2_000).nextLong();

        assertThat(Sampling.random(7, 2_000).nextLong()).isEqualTo(once);
        assertThat(Sampling.random(7, 4_000).nextLong()).isNotEqualTo(once);
        assertThat(Sampling.random(8, 2_000).nextLong()).isNotEqualTo(once);
    }

    private static int[] draw(float[] weights) {
        SplittableRandom random = new SplittableRandom(1);
        int[] drawn = new int[weights.length];
        for (int i = 0; i < DRAWS; i++) {
            drawn[Sampling.proportional(weights, weights.length, random)]++;
        }
        return drawn;
    }
}
