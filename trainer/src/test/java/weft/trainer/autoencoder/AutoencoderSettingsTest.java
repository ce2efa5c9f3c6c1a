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
        var settings = AutoencoderSettings.standard(1);

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

    private static AutoencoderSettings settings(List<Integer> layers, double rate) {
        return new AutoencoderSettings(layers, Optimiser.ADAM, rate, 1);
    }
}
