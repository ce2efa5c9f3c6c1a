package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import weft.core.image.Image;
import weft.core.image.Pixels;
import weft.core.image.Split;
import weft.core.model.Centroids;
import weft.core.model.PipelineName;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.TrainingOptions;

/// A window that is read back from two partitions, of which retention has deleted a part.
class KafkaImageLogTest {
    private static final int RECORDS = 600;

    @Test
    void readsTheWindowBackFromItsPartitions() {
        assertThat(levels(0)).containsExactly(.2, 1);
    }

    @Test
    void passesOverWhatRetentionDeleted() {
        // Dark images come first in each partition: of the window only light ones are left.
        assertThat(levels(200)).containsExactly(1, 1);
    }

    @Test
    void endsWhereNothingIsLeft() {
        ModelLearner learner = learner(RECORDS);

        learner.followWindow();

        assertThat(learner.imagesSeen()).isEqualTo(576);
        assertThat(learner.ready()).isFalse();
    }

    private static double[] levels(long beginning) {
        ModelLearner learner = learner(beginning);
        learner.followWindow();
        assertThat(learner.ready()).isTrue();
        Centroids centroids = (Centroids)
                learner.snapshot().model().clusterers().values().iterator().next();
        double[] levels = {
            centroids.centroids().get(0, 0), centroids.centroids().get(1, 0)
        };
        Arrays.sort(levels);
        return Arrays.stream(levels)
                .map(level -> Math.round(level * 1_000) / 1_000.0)
                .toArray();
    }

    /// A learner that has seen all records and whose log begins at an offset.
    private static ModelLearner learner(long beginning) {
        MockConsumer<String, Optional<Image>> consumer = new MockConsumer<>("earliest");
        for (int partition = 0; partition < 2; partition++) {
            consumer.updateBeginningOffsets(Map.of(new TopicPartition("images", partition), beginning));
            // Each partition is read on its own, whichever comes first.
            consumer.schedulePollTask(() -> consumer.assignment().forEach(assigned -> {
                for (long offset = beginning; offset < RECORDS / 2; offset++) {
                    consumer.addRecord(
                            new ConsumerRecord<>("images", assigned.partition(), offset, "", record(offset)));
                }
            }));
        }
        ModelPlan plan = ModelPlan.of(List.of(PipelineName.parse("raw-kmeans-2")), TrainingOptions.defaults(1))
                .getFirst();
        ModelLearner learner = new ModelLearner(plan, new KafkaImageLog(consumer, "images"), "test", Optional.empty());
        for (int i = 0; i < RECORDS; i++) {
            int partition = i % 2;
            int offset = i / 2;
            record(offset)
                    .ifPresentOrElse(
                            image -> learner.accept(image, partition, offset), () -> learner.skip(partition, offset));
        }
        return learner;
    }

    private static Optional<Image> record(long offset) {
        if (offset % 50 == 7) {
            return Optional.empty();
        }
        byte[] pixels = new byte[Pixels.COUNT];
        Arrays.fill(pixels, (byte) (offset < 150 ? 51 : 255));
        return Optional.of(new Image(Split.TRAIN, 0, Pixels.of(pixels)));
    }
}
