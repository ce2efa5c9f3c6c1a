package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GlorotUniformTest {
    private static final Layers LAYERS = new Layers(List.of(100, 50, 100));

    @Test
    void drawsWeightsWithinTheLimitAndLeavesBiasesAtZero() {
        float[] parameters = GlorotUniform.parameters(LAYERS, 11);
        double[] weights =
                IntStream.range(0, 5000).mapToDouble(i -> parameters[i]).toArray();
        double limit = Math.sqrt(6.0 / 150);

        assertThat(parameters).hasSize(2 * 5000 + 150);
        assertThat(Arrays.copyOfRange(parameters, 5000, 5050)).containsOnly(0);
        assertThat(Arrays.copyOfRange(parameters, 10_050, 10_150)).containsOnly(0);
        assertThat(Arrays.stream(weights).max().orElseThrow()).isBetween(.99 * limit, limit);
        assertThat(Arrays.stream(weights).min().orElseThrow()).isBetween(-limit, -.99 * limit);
        assertThat(Arrays.stream(weights).average().orElseThrow()).isCloseTo(0, within(.01));
    }

    @Test
    void isTheSameForTheSameSeedOnEveryMachine() {
        assertThat(GlorotUniform.parameters(LAYERS, 11)).isEqualTo(GlorotUniform.parameters(LAYERS, 11));
        assertThat(GlorotUniform.parameters(LAYERS, 12)).isNotEqualTo(GlorotUniform.parameters(LAYERS, 11));
        assertThat(Arrays.hashCode(GlorotUniform.parameters(LAYERS, 11))).isEqualTo(-1281642391);
    }
}
