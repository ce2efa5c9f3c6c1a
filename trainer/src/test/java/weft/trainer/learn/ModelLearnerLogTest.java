package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.image.Image;
import weft.core.image.Pixels;
import weft.core.image.Split;
import weft.core.model.Snapshot;

/// What the log holds and what a learner makes of it.
class ModelLearnerLogTest {
    private static final int RECORDS = 3_000;

    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5", "ae-kmeans-5 ae-gmm-5"})
    void testImagesNeverChangeTheModel(String pipelines) {
        MemoryLog blank = new MemoryLog(RECORDS, 1);
        for (int offset = 0; offset < RECORDS; offset++) {
            if (blank.image(offset).split() == Split.TEST) {
                blank.replace(offset, new Image(Split.TEST, 0, Pixels.of(new byte[Pixels.COUNT])));
            }
        }
        Snapshot one = trained(pipelines, new MemoryLog(RECORDS, 1)).snapshot();
        Snapshot other = trained(pipelines, blank).snapshot();

        assertThat(other.model()).isEqualTo(one.model());
        assertThat(other.version()).isEqualTo(one.version());
        assertThat(other.provenance().losses().equals(one.provenance().losses()))
                .as("equal validation losses")
                .isEqualTo(pipelines.startsWith("raw"));
    }

    @Test
    void anotherTrainingImageDoesChangeTheModel() {
        MemoryLog other = new MemoryLog(RECORDS, 1);
        other.replace(10, new Image(Split.TRAIN, 0, Pixels.of(new byte[Pixels.COUNT])));

        assertThat(trained("raw-kmeans-5", other).snapshot().model())
                .isNotEqualTo(trained("raw-kmeans-5", new MemoryLog(RECORDS, 1))
                        .snapshot()
                        .model());
    }

    @Test
    void recordsThatAreNoImagesOnlyMoveTheOffsets() {
        MemoryLog stream = new MemoryLog(200, 1);
        ModelLearner learner = new ModelLearner(MemoryLog.plan("raw-kmeans-2"), stream, "test", Optional.empty());
        for (int offset = 0; offset < 40; offset++) {
            learner.skip(2, offset);
        }
        assertThat(learner.imagesSeen()).isZero();
        assertThat(learner.trainedThrough()).as("until a batch is learnt").isEmpty();

        learner.accept(stream.image(0), 0, 0);
        learner.endEpoch();

        assertThat(learner.imagesSeen()).isEqualTo(1);
        assertThat(learner.trainedThrough()).isEqualTo(Map.of(0, 1L, 2, 40L));
    }

    @Test
    void theEndOfAnEpochLearnsThePartialBatchAndIsAMilestone() {
        MemoryLog stream = new MemoryLog(120, 1);
        ModelLearner learner = new ModelLearner(MemoryLog.plan("raw-kmeans-4"), stream, "test", Optional.empty());
        for (int offset = 0; offset < 119; offset++) {
            learner.accept(stream.image(offset), 0, offset);
        }
        assertThat(learner.imagesSeen()).isEqualTo(64);
        assertThat(learner.milestone()).isFalse();

        learner.accept(stream.image(119), 0, 119);
        learner.endEpoch();
        assertThat(learner.imagesSeen()).isEqualTo(120 - 17);
        assertThat(learner.trainedThrough()).isEqualTo(Map.of(0, 120L));
        assertThat(learner.milestone()).isTrue();
        assertThat(learner.ready()).isFalse();

        learner.followWindow();
        assertThat(learner.milestone()).isFalse();
        assertThat(learner.ready()).isTrue();
        assertThat(learner.snapshot().version()).isEqualTo(103);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5", "ae-kmeans-5 ae-gmm-5"})
    void imagesThatTheLogNoLongerHoldsAreLeftOut(String pipelines) {
        MemoryLog stream = new MemoryLog(RECORDS, 1);
        ModelLearner learner = new ModelLearner(MemoryLog.plan(pipelines), stream, "test", Optional.empty());
        stream.feed(learner, 0, 2_000);
        stream.forget(0, 1_500);
        stream.feed(learner, 2_000, RECORDS);

        assertThat(learner.imagesSeen())
                .isEqualTo(trained(pipelines, new MemoryLog(RECORDS, 1)).imagesSeen());
        assertThat(learner.snapshot().model().clusterers()).hasSize(pipelines.split(" ").length);
        stream.forget(0, RECORDS);
        learner.endEpoch();
        learner.followWindow();
        assertThat(learner.ready()).isTrue();
    }

    @Test
    void nothingIsReadyWhereTheLogHoldsNothing() {
        MemoryLog stream = new MemoryLog(1_000, 1);
        stream.forget(0, 1_000);
        ModelLearner learner = new ModelLearner(MemoryLog.plan("raw-kmeans-5"), stream, "test", Optional.empty());
        stream.feed(learner, 0, 1_000);

        assertThat(learner.ready()).isFalse();
        assertThat(learner.imagesSeen()).isGreaterThan(800);
    }

    private static ModelLearner trained(String pipelines, MemoryLog stream) {
        ModelLearner learner = new ModelLearner(MemoryLog.plan(pipelines), stream, "test", Optional.empty());
        stream.feed(learner, 0, RECORDS);
        return learner;
    }
}
