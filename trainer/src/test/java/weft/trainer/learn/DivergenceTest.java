package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.image.Image;
import weft.core.image.Split;
import weft.core.model.NetworkEncoder;
import weft.core.model.Snapshot;

class DivergenceTest {
    private static final MemoryLog LOG = new MemoryLog(1_500, 1);

    @ParameterizedTest
    @ValueSource(doubles = {10, 1e3, 1e6, 1e12})
    void aFiniteLossThatBlewUpStopsBeforeTheFirstSnapshot(double rate) {
        ModelLearner learner = learner(rate);

        assertThatThrownBy(() -> LOG.feed(learner, 0, 1_500))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching("training diverged: the mean loss of [4-7]\\.\\d+ is above 1\\.386.*");
        assertThat(learner.ready()).isFalse();
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

    @ParameterizedTest
    @ValueSource(doubles = {.1, .2})
    void anEncoderThatNoLongerTellsImagesApartIsNotPublished(double rate) {
        ModelLearner learner = learner(rate);

        assertThatThrownBy(() -> LOG.feed(learner, 0, 1_500))
                .isInstanceOf(DivergedException.class)
                .hasMessage("training diverged: every image has the same code, though the images differ");
    }

    @Test
    void imagesThatAreAllTheSameAreNoDivergence() {
        MemoryLog same = new MemoryLog(1_500, 1);
        for (int offset = 0; offset < 1_500; offset++) {
            same.replace(offset, new Image(Split.TRAIN, 0, LOG.image(0).values()));
        }
        for (String pipelines : new String[] {"ae-kmeans-4 ae-gmm-4", "raw-kmeans-4"}) {
            ModelLearner learner = new ModelLearner(Plans.of(pipelines), same, "test", Optional.empty());
            same.feed(learner, 0, 1_500);

            assertThat(learner.ready()).isTrue();
            learner.losses().forEach((loss, value) -> assertThat(value).as(loss).isFinite());
            assertThat(learner.snapshot().version()).isGreaterThan(1_400);
        }
    }

    @Test
    void aBlownUpLossIsNotPublishedBetweenMilestonesEither() {
        ModelLearner learner = learner(2e-3);
        LOG.feed(learner, 0, 700);
        assertThat(learner.ready()).isTrue();
        ModelLearner wild = new ModelLearner(
                Plans.of("ae-kmeans-4 ae-gmm-4", options(1e3)),
                LOG,
                "test",
                Optional.of(learner.checkpoint().toBuilder()
                        .setPlan(Plans.of("ae-kmeans-4 ae-gmm-4", options(1e3)).fingerprint())
                        .build()));
        LOG.feed(wild, wild.trainedThrough().getOrDefault(0, 0L).intValue(), 1_100);

        assertThatThrownBy(wild::snapshot)
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching("training diverged: the mean loss of .* is above 1\\.386.*");
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
        return new ModelLearner(Plans.of("ae-kmeans-4 ae-gmm-4", options(rate)), LOG, "test", Optional.empty());
    }

    private static Map<String, String> options(double rate) {
        return Map.of("learning-rate", Double.toString(rate));
    }
}
