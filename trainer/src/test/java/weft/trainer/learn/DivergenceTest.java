package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.model.NetworkEncoder;
import weft.core.model.Snapshot;
import weft.trainer.autoencoder.DivergedException;
import weft.trainer.autoencoder.Optimiser;

class DivergenceTest {
    private static final MemoryLog LOG = new MemoryLog(1_500, 1);

    @ParameterizedTest
    @ValueSource(doubles = {10, 1e3, 1e6, 1e12})
    void aFiniteLossThatBlewUpStopsBeforeTheFirstSnapshot(double rate) {
        ModelLearner learner = learner(rate);

        assertThatThrownBy(() -> LOG.feed(learner, 0, 1_500))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching("training diverged: the mean loss of [4-7]\\.\\d+ is above 1\\.386.*");
        assertThat(learner.ready()).isTrue();
        assertThat(learner.imagesSeen()).isBetween(500L, 563L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e20, 1e30, 3e38})
    void whatIsNotFiniteStopsInTheBatch(double rate) {
        ModelLearner learner = learner(rate);

        assertThatThrownBy(() -> LOG.feed(learner, 0, 1_500))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("is not finite");
        assertThat(learner.ready()).isFalse();
    }

    @Test
    void aGoodTrainingStartsWellBelow() {
        ModelLearner learner = learner(2e-3);
        LOG.feed(learner, 0, 1_500);

        assertThat(learner.losses().get("train.bce")).isBetween(.5, .7);
        assertThat(learner.losses().get("validation.bce")).isBetween(.5, .7);
        Snapshot snapshot = learner.snapshot();
        assertThat(((NetworkEncoder) snapshot.model().encoder()).network().inputs())
                .isEqualTo(784);
    }

    private static ModelLearner learner(double rate) {
        TrainingOptions options = new TrainingOptions(3, List.of(784, 32), Optimiser.ADAM, rate, false, 64, 2_000, 10);
        return new ModelLearner(MemoryLog.plan("ae-kmeans-4 ae-gmm-4", options), LOG, "test", Optional.empty());
    }
}
