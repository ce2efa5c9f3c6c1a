package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Split;
import weft.core.model.Snapshot;
import weft.trainer.proto.Checkpoint;

class ModelLearnerTest {
    private static final int IMAGES = 2_900;
    private static final int PIXELS = Plans.SMALL.values();
    private static final List<Image> STREAM = stream();

    /// Four kinds of noisy pictures; every seventh is of the test split.
    private static List<Image> stream() {
        Random random = new Random(9);
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            int kind = random.nextInt(4);
            byte[] pixels = new byte[PIXELS];
            for (int p = 0; p < pixels.length; p++) {
                boolean bright = (p / (PIXELS / 4)) == kind;
                pixels[p] = (byte) ((bright ? 180 : 20) + random.nextInt(60));
            }
            images.add(new Image(i % 7 == 6 ? Split.TEST : Split.TRAIN, 0, ImageValues.of(Plans.SMALL, pixels)));
        }
        return images;
    }

    private static final ImageLog LOG = (positions, visitor) -> {
        for (int i = 0; i < positions.size(); i++) {
            visitor.image(i, STREAM.get((int) positions.offset(i)).values());
        }
    };

    private static ModelPlan plan(String model) {
        return Plans.of(model.equals("raw") ? "raw-kmeans-4 raw-kmeans-9" : "ae-kmeans-4 ae-gmm-4", Plans.SMALL);
    }

    private static ModelLearner learner(ModelPlan plan, Optional<Checkpoint> checkpoint) {
        return new ModelLearner(plan, LOG, "test", checkpoint);
    }

    /// Feeds images from an offset on; the epoch ends with the last one.
    private static void feed(ModelLearner learner, int from, int to) {
        for (int offset = from; offset < to; offset++) {
            learner.accept(record(offset, true));
        }
    }

    private static ImageRecord record(int offset, boolean isImage) {
        return new ImageRecord(
                0, offset, isImage ? Optional.of(STREAM.get(offset)) : Optional.empty(), offset == IMAGES - 1);
    }

    @ParameterizedTest
    @CsvSource({"raw,700", "raw,2500", "ae,300", "ae,700", "ae,2501"})
    void aResumedTrainingEndsWithTheVeryBytesOfAnUndisturbedOne(String model, int killedAt)
            throws InvalidProtocolBufferException {
        ModelLearner undisturbed = learner(plan(model), Optional.empty());
        feed(undisturbed, 0, IMAGES);

        ModelLearner killed = learner(plan(model), Optional.empty());
        feed(killed, 0, killedAt);
        byte[] checkpoint = killed.checkpoint().toByteArray();
        feed(killed, killedAt, Math.min(IMAGES, killedAt + 100));
        ModelLearner resumed = learner(plan(model), Optional.of(Checkpoint.parseFrom(checkpoint)));
        feed(resumed, resumed.trainedThrough().getOrDefault(0, 0L).intValue(), IMAGES);

        assertThat(Plans.CODEC.encode(resumed.snapshot())).isEqualTo(Plans.CODEC.encode(undisturbed.snapshot()));
        assertThat(resumed.imagesSeen())
                .isEqualTo(STREAM.stream()
                        .filter(image -> image.split() == Split.TRAIN)
                        .count());
        assertThat(resumed.trainedThrough()).isEqualTo(Map.of(0, (long) IMAGES));
    }

    @Test
    void testImagesAndBadRecordsTeachNothing() {
        ModelLearner learner = learner(plan("raw"), Optional.empty());
        feed(learner, 0, IMAGES);
        ModelLearner trainOnly = learner(plan("raw"), Optional.empty());
        for (int offset = 0; offset < IMAGES; offset++) {
            trainOnly.accept(record(offset, STREAM.get(offset).split() == Split.TRAIN));
        }
        assertThat(trainOnly.snapshot()).isEqualTo(learner.snapshot());
    }

    @Test
    void theOffsetsCoverWhatHasBeenLearntAndNoMore() {
        ModelLearner learner = learner(plan("raw"), Optional.empty());
        for (int i = 0; i < 63; i++) {
            learner.accept(train(i % 2, i / 2, false));
        }
        assertThat(learner.trainedThrough()).isEmpty();
        learner.accept(train(0, 40, false));
        assertThat(learner.trainedThrough()).isEqualTo(Map.of(0, 41L, 1, 31L));
        learner.accept(train(1, 31, false));
        assertThat(learner.trainedThrough()).isEqualTo(Map.of(0, 41L, 1, 31L));
        Publication publication = learner.accept(train(1, 32, true)).orElseThrow();
        assertThat(learner.trainedThrough()).isEqualTo(Map.of(0, 41L, 1, 33L));
        assertThat(publication.trainedThrough()).isEqualTo(Map.of(0, 41L, 1, 33L));
        assertThat(publication.snapshot().orElseThrow().version())
                .isEqualTo(learner.imagesSeen())
                .isEqualTo(66);
    }

    @Test
    void theFourKindsAreFoundInBothSpaces() {
        for (String model : List.of("raw", "ae")) {
            ModelLearner learner = learner(plan(model), Optional.empty());
            feed(learner, 0, IMAGES);
            Snapshot snapshot = learner.snapshot();
            snapshot.model().clusterers().forEach((name, clusterer) -> {
                var encoder = snapshot.model().encoder().pass();
                var pass = clusterer.pass();
                int[][] counts = new int[clusterer.k()][4];
                float[] pixels = new float[PIXELS];
                for (Image image : STREAM) {
                    image.values().toFloats(pixels, 0);
                    int kind = 0;
                    for (int p = 0; p < PIXELS; p += PIXELS / 4) {
                        kind = pixels[p] > 0.5 ? p / (PIXELS / 4) : kind;
                    }
                    counts[pass.assign(encoder.encode(pixels, 0)).cluster()][kind]++;
                }
                for (int[] cluster : counts) {
                    int members = Arrays.stream(cluster).sum();
                    int most = Arrays.stream(cluster).max().orElseThrow();
                    assertThat(most).as(name + " mixes kinds").isGreaterThanOrEqualTo((int) (0.99 * members));
                }
            });
        }
    }

    @Test
    void aCheckpointOfAnotherPlanIsRefused() {
        ModelLearner learner = learner(Plans.of("raw-kmeans-4", Plans.SMALL), Optional.empty());
        assertThatThrownBy(() -> learner(Plans.of("raw-kmeans-5", Plans.SMALL), Optional.of(learner.checkpoint())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the checkpoint of model raw was trained as [raw seed=3")
                .hasMessageContaining("pipelines=raw-kmeans-5");
    }

    @Test
    void aDivergingTrainingStopsBeforeItIsPublished() {
        ModelPlan plan = Plans.all(
                        "ae-kmeans-4", TrainingOptions.defaults(3), Map.of("learning-rate", "1e38"), Plans.SMALL)
                .getFirst();
        ModelLearner learner = learner(plan, Optional.empty());
        assertThatThrownBy(() -> feed(learner, 0, IMAGES))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("is not finite");
    }

    private static ImageRecord train(int partition, long offset, boolean endsEpoch) {
        return new ImageRecord(partition, offset, Optional.of(STREAM.getFirst()), endsEpoch);
    }
}
