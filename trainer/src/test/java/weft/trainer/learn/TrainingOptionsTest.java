package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.image.Shape;

class TrainingOptionsTest {
    @Test
    void theDefaultsAreTheMeasuredBest() {
        TrainingOptions options = TrainingOptions.defaults(7);

        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.batch()).isEqualTo(64);
        assertThat(options.publishEvery()).isEqualTo(2_000);
        assertThat(Plans.of("ae-kmeans-10").hyperparameters())
                .containsEntry("layers", "784-32")
                .containsEntry("optimiser", "adam")
                .containsEntry("learning.rate", "0.002")
                .containsEntry("follow", "transport")
                .containsEntry("normalised", "false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0     | 2000  | 10 | batch must be 1 to 10000, not 0
                    10001 | 20000 | 10 | batch must be 1 to 10000, not 10001
                    64    | 63    | 10 | publish-every must be at least the batch of 64, not 63
                    64    | 2000  | 0  | publish-seconds must be at least 1, not 0
                    """)
    void refusesWhatCannotBeTrained(int batch, int every, int seconds, String reason) {
        assertThatThrownBy(() -> new TrainingOptions(1, batch, every, seconds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    layers                  | 783-32     | --layers must start with the 784 values of an image, not with 783
                    layers                  | 784        | layers must be at least an input and a code, not [784]
                    layers                  | 784-0      | each layer must be at least 1 wide, not [784, 0]
                    layers                  | 784-x      | --layers must be whole numbers with dashes, as 784-32, not '784-x'
                    learning-rate           | 0          | learning rate must be positive and finite, not 0.0
                    learning-rate           | NaN        | learning rate must be positive and finite, not NaN
                    learning-rate           | fast       | --learning-rate: 'fast' is not a number
                    learning-rate-half-life | 1.5        | --learning-rate-half-life: '1.5' is not a whole number
                    noise                   | 1          | noise must be from 0 to below 1, not 1.0
                    optimiser               | sgd        | --optimiser: 'sgd' is none of adam, adadelta
                    follow                  | still      | --follow: 'still' is none of transport, decay, refit
                    """)
    void refusesWhatIsNoOptionOfAnAutoencoder(String option, String value, String reason) {
        assertThatThrownBy(() -> Plans.of("ae-kmeans-10", Map.of(option, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @Test
    void layersFollowTheShape() {
        ModelPlan colour = Plans.all("ae-kmeans-10", TrainingOptions.defaults(3), Map.of(), new Shape.Image(16, 8, 3))
                .getFirst();

        assertThat(colour.hyperparameters()).containsEntry("layers", "384-32");
    }

    @ParameterizedTest
    @CsvSource({"raw-kmeans-1024, 1100", "ae-gmm-64, 14000"})
    void refusesWhatWouldNotFitIntoASnapshot(String pipeline, int values) {
        assertThatThrownBy(() -> Plans.all(pipeline, TrainingOptions.defaults(3), Map.of(), new Shape.Vector(values)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "a snapshot of model (raw|ae) would have about \\d+ bytes, more than the 4194304 .*");
    }
}
