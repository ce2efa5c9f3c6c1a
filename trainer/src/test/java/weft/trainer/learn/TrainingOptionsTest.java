package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.autoencoder.Optimiser;
import weft.trainer.cluster.Follow;

class TrainingOptionsTest {
    @Test
    void theDefaultsAreTheMeasuredBest() {
        TrainingOptions options = TrainingOptions.defaults(7);

        assertThat(options.autoencoder()).isEqualTo(AutoencoderSettings.standard(7));
        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.follow()).isEqualTo(Follow.TRANSPORT);
        assertThat(options.batch()).isEqualTo(64);
        assertThat(options.publishEvery()).isEqualTo(2_000);
    }

    @Test
    void refusesWhatCannotBeTrained() {
        refusal(List.of(783, 32), 2e-3, 64, 2_000, 10)
                .hasMessage("layers must start with 784 and name a code, not [783, 32]");
        refusal(List.of(784), 2e-3, 64, 2_000, 10).hasMessage("layers must be at least an input and a code, not [784]");
        refusal(List.of(784, -5), 2e-3, 64, 2_000, 10).hasMessage("each layer must be at least 1 wide, not [784, -5]");
        refusal(List.of(784, 32), 0, 64, 2_000, 10).hasMessage("learning rate must be positive and finite, not 0.0");
        refusal(List.of(784, 32), Double.NaN, 64, 2_000, 10)
                .hasMessage("learning rate must be positive and finite, not NaN");
        refusal(List.of(784, 32), 2e-3, 0, 2_000, 10).hasMessage("batch must be 1 to 10000, not 0");
        refusal(List.of(784, 32), 2e-3, 10_001, 20_000, 10).hasMessage("batch must be 1 to 10000, not 10001");
        refusal(List.of(784, 32), 2e-3, 64, 63, 10)
                .hasMessage("publish-every must be at least the batch of 64, not 63");
        refusal(List.of(784, 32), 2e-3, 64, 2_000, 0).hasMessage("publish-seconds must be at least 1, not 0");
    }

    @Test
    void aClustererOfAMovingEncoderCannotStandStill() {
        assertThatThrownBy(
                        () -> new TrainingOptions(AutoencoderSettings.standard(1), Follow.STILL, false, 64, 2_000, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("follow must be transport, decay or refit, for encoders do move");
    }

    private static AbstractThrowableAssert<?, ?> refusal(
            List<Integer> layers, double rate, int batch, int every, int seconds) {
        return assertThatThrownBy(() -> new TrainingOptions(
                        new AutoencoderSettings(layers, Optimiser.ADAM, rate, 0, 0, 1),
                        Follow.TRANSPORT,
                        false,
                        batch,
                        every,
                        seconds))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
