package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Split;
import weft.core.model.Snapshot;

/// What the log holds and what a learner makes of it.
class ModelLearnerLogTest {
    private static final int RECORDS = 3_000;

    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5", "ae-kmeans-5 ae-gmm-5"})
    void testImagesNeverChangeTheModel(String pipelines) {
        MemoryLog blank = new MemoryLog(Plans.SMALL, RECORDS, 1);
        for (int offset = 0; offset < RECORDS; offset++) {
            if (blank.image(offset).split() == Split.TEST) {
                blank.replace(
                        offset, new Image(Split.TEST, 0, ImageValues.of(Plans.SMALL, new byte[Plans.SMALL.values()])));
            }
        }
        Snapshot one =
                trained(pipelines, new MemoryLog(Plans.SMALL, RECORDS, 1)).snapshot();
        Snapshot other = trained(pipelines, blank).snapshot();

        assertThat(other.model()).isEqualTo(one.model());
        assertThat(other.version()).isEqualTo(one.version());
        assertThat(other.provenance().losses().equals(one.provenance().losses()))
                .as("equal validation losses")
                .isEqualTo(pipelines.startsWith("raw"));
    }

    @Test
    void anotherTrainingImageDoesChangeTheModel() {
        MemoryLog other = new MemoryLog(Plans.SMALL, RECORDS, 1);
        other.replace(10, new Image(Split.TRAIN, 0, ImageValues.of(Plans.SMALL, new byte[Plans.SMALL.values()])));

        assertThat(trained("raw-kmeans-5", other).snapshot().model())
                .isNotEqualTo(trained("raw-kmeans-5", new MemoryLog(Plans.SMALL, RECORDS, 1))
                        .snapshot()
                        .model());
    }

    @Test
    void recordsThatAreNoImagesOnlyMoveTheOffsets() {
        MemoryLog stream = new MemoryLog(Plans.SMALL, 200, 1);
        ModelLearner learner =
                new ModelLearner(Plans.of("raw-kmeans-2", Plans.SMALL), stream, "test", Optional.empty());
        for (int offset = 0; offset < 40; offset++) {
            learner.accept(new ImageRecord(2, offset, Optional.empty(), false));
        }
        assertThat(learner.imagesSeen()).isZero();
        assertThat(learner.trainedThrough()).as("until a batch is learnt").isEmpty();

        learner.accept(new ImageRecord(0, 0, Optional.of(stream.image(0)), true));

        assertThat(learner.imagesSeen()).isEqualTo(1);
        assertThat(learner.trainedThrough()).isEqualTo(Map.of(0, 1L, 2, 40L));
    }

    @Test
    void theEndOfAnEpochLearnsThePartialBatchAndIsAMilestone() {
        MemoryLog stream = new MemoryLog(Plans.SMALL, 120, 1);
        ModelLearner learner =
                new ModelLearner(Plans.of("raw-kmeans-4", Plans.SMALL), stream, "test", Optional.empty());
        for (int offset = 0; offset < 119; offset++) {
            assertThat(learner.accept(stream.record(offset))).isEmpty();
        }
        assertThat(learner.imagesSeen()).isEqualTo(64);
        assertThat(learner.ready()).isFalse();

        Publication publication = learner.accept(stream.record(119)).orElseThrow();

        assertThat(learner.imagesSeen()).isEqualTo(120 - 17);
        assertThat(learner.trainedThrough()).isEqualTo(Map.of(0, 120L)).isEqualTo(publication.trainedThrough());
        assertThat(learner.ready()).isTrue();
        assertThat(publication.snapshot().orElseThrow().version()).isEqualTo(103);
        assertThat(learner.overdue(Duration.ofDays(1)))
                .as("nothing learnt since")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5", "ae-kmeans-5 ae-gmm-5"})
    void onlyARestartReadsTheLog(String pipelines) {
        MemoryLog stream = new MemoryLog(Plans.SMALL, RECORDS, 1);
        ModelLearner learner = new ModelLearner(Plans.of(pipelines, Plans.SMALL), stream, "test", Optional.empty());
        stream.feed(learner, 0, 2_000);
        stream.forget(0, RECORDS);
        stream.feed(learner, 2_000, RECORDS);

        assertThat(Plans.CODEC.encode(learner.snapshot()))
                .isEqualTo(Plans.CODEC.encode(trained(pipelines, new MemoryLog(Plans.SMALL, RECORDS, 1))
                        .snapshot()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5", "ae-kmeans-5 ae-gmm-5"})
    void imagesThatTheLogNoLongerHoldsAreLeftOut(String pipelines) {
        MemoryLog stream = new MemoryLog(Plans.SMALL, RECORDS, 1);
        ModelLearner killed = new ModelLearner(Plans.of(pipelines, Plans.SMALL), stream, "test", Optional.empty());
        stream.feed(killed, 0, 2_000);
        stream.forget(0, 1_500);
        ModelLearner learner =
                new ModelLearner(Plans.of(pipelines, Plans.SMALL), stream, "test", Optional.of(killed.checkpoint()));
        stream.feed(learner, learner.trainedThrough().getOrDefault(0, 0L).intValue(), RECORDS);

        assertThat(learner.imagesSeen())
                .isEqualTo(trained(pipelines, new MemoryLog(Plans.SMALL, RECORDS, 1))
                        .imagesSeen());
        assertThat(learner.snapshot().model().clusterers()).hasSize(pipelines.split(" ").length);
        stream.forget(0, RECORDS);
        ModelLearner blind =
                new ModelLearner(Plans.of(pipelines, Plans.SMALL), stream, "test", Optional.of(learner.checkpoint()));
        blind.accept(new ImageRecord(0, RECORDS, Optional.empty(), true));
        assertThat(blind.ready()).isTrue();
    }

    private static ModelLearner trained(String pipelines, MemoryLog stream) {
        ModelLearner learner = new ModelLearner(Plans.of(pipelines, Plans.SMALL), stream, "test", Optional.empty());
        stream.feed(learner, 0, RECORDS);
        return learner;
    }
}
