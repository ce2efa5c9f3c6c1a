package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoencoderSettingsTest {
    @Test
    void standardIsThePapersShape() {
        var settings = new AutoencoderSettings(List.of(784, 32), Optimiser.ADAM, 2e-3, 0, 0, 1);

        assertThat(settings.mirrored()).containsExactly(784, 32, 784);
        assertThat(settings.inputs()).isEqualTo(784);
        assertThat(settings.codeSize()).isEqualTo(32);
    }

    @Test
    void decoderMirrorsTheEncoder() {
        assertThat(settings(List.of(784, 500, 200, 32), .1).mirrored())
                .containsExactly(784, 500, 200, 32, 200, 500, 784);
    }

    @Test
    void refusesLayersThatAreNone() {
        assertThatThrownBy(() -> settings(List.of(784), .1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layers must be at least an input and a code, not [784]");
        assertThatThrownBy(() -> settings(List.of(784, 0), .1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("each layer must be at least 1 wide, not [784, 0]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
    void refusesALearningRateThatTeachesNothing(double rate) {
        assertThatThrownBy(() -> settings(List.of(784, 32), rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("learning rate must be positive and finite, not " + rate);
    }

    @Test
    void theRateHalvesAndStopsAtAHundredth() {
        var constant = new AutoencoderSettings(List.of(784, 32), Optimiser.ADAM, 2e-3, 0, 0, 1);
        var halving = new AutoencoderSettings(List.of(784, 32), Optimiser.ADAM, .1, 1_000, 0, 1);

        assertThat(constant.decay(1_000_000)).isEqualTo(1);
        assertThat(halving.decay(0)).isEqualTo(1);
        assertThat(halving.decay(1_000)).isEqualTo(.5);
        assertThat(halving.decay(3_000)).isEqualTo(.125);
        assertThat(halving.decay(1_000_000)).isEqualTo(.01);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.1, 1, Double.NaN})
    void refusesNoiseThatLeavesNothing(double noise) {
        assertThatThrownBy(() -> new AutoencoderSettings(List.of(784, 32), Optimiser.ADAM, .1, 0, noise, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("noise must be from 0 to below 1, not " + noise);
    }

    @Test
    void refusesANegativeHalfLife() {
        assertThatThrownBy(() -> new AutoencoderSettings(List.of(784, 32), Optimiser.ADAM, .1, -1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("learning rate half-life must be at least 0 steps, not -1");
    }

    private static AutoencoderSettings settings(List<Integer> layers, double rate) {
        return new AutoencoderSettings(layers, Optimiser.ADAM, rate, 0, 0, 1);
    }
}
