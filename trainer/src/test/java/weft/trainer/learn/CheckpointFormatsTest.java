package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.image.Shape;
import weft.trainer.proto.Checkpoint;

/// Trainings that an earlier release began go on. Each file was written once, by the first release of its format,
/// after 1,200 records of the memory log.
class CheckpointFormatsTest {
    private static final MemoryLog LOG = new MemoryLog(1_300, 1);
    private static final Map<String, String> LAYERS = Map.of("layers", "784-3");

    private static ModelPlan plan() {
        return Plans.of("ae-kmeans-3 ae-gmm-3", LAYERS);
    }

    private static Checkpoint golden(int format) throws IOException {
        String name = "checkpoint-v" + format + ".bin";
        try (InputStream file = Objects.requireNonNull(CheckpointFormatsTest.class.getResourceAsStream(name), name)) {
            return Checkpoint.parseFrom(file);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTrainingOfEveryFormatGoesOn(int format) throws IOException {
        Checkpoint saved = golden(format);
        assertThat(saved.getFormat()).isEqualTo(format);

        ModelLearner learner = new ModelLearner(plan(), LOG, "test", Optional.of(saved));

        assertThat(learner.imagesSeen()).isEqualTo(1_024);
        assertThat(learner.trainedThrough()).isEqualTo(Map.of(0, 1_199L));
        assertThat(learner.losses()).containsKeys("train.bce", "validation.bce");
        assertThat(learner.ready()).isTrue();
        assertThat(learner.checkpoint().getPipelines(1).getWindowClustersCount())
                .isEqualTo(1_024);
        Publication publication = LOG.feed(learner, 1_199, 1_300).orElseThrow();
        assertThat(publication.snapshot().orElseThrow().version()).isGreaterThan(1_100);
        assertThat(publication.checkpoint().getFormat()).isEqualTo(2);
    }

    @Test
    void oneOfALaterFormatIsRefusedInOneLine() throws IOException {
        Checkpoint later = golden(2).toBuilder().setFormat(3).build();

        assertThatThrownBy(() -> new ModelLearner(plan(), LOG, "test", Optional.of(later)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the checkpoint of model ae has format 3, and this release reads 1 to 2: "
                        + "train with the release that wrote it, or choose another --prefix or --dir");
    }

    @Test
    void oneOfAnotherShapeIsRefused() throws IOException {
        Checkpoint saved = golden(1);
        ModelPlan vectors = Plans.all(
                        "ae-kmeans-3 ae-gmm-3", TrainingOptions.defaults(3), LAYERS, new Shape.Vector(784))
                .getFirst();

        assertThatThrownBy(() -> new ModelLearner(vectors, LOG, "test", Optional.of(saved)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the checkpoint of model ae was trained on images of ")
                .hasMessageEndingWith(": choose another --prefix or --dir");
    }
}
