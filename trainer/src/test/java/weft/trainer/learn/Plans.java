package weft.trainer.learn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import weft.core.image.Shape;
import weft.core.model.ModelFamilies;
import weft.core.model.PipelineName;
import weft.kafka.wire.SnapshotCodec;
import weft.trainer.autoencoder.AutoencoderLearners;
import weft.trainer.raw.RawLearners;

/// Plans as the command line would make them, for grey images of 28 x 28.
public final class Plans {
    /// Every family of the trainer.
    public static final List<LearnerFamily> FAMILIES = List.of(new RawLearners(), new AutoencoderLearners());

    public static final SnapshotCodec CODEC = new SnapshotCodec(
            new ModelFamilies(FAMILIES.stream().map(LearnerFamily::model).toList()));

    public static final Shape.Image GREY = new Shape.Image(28, 28, 1);

    /// For long streams of which no test asks that the images are large.
    public static final Shape.Image SMALL = new Shape.Image(8, 8, 1);

    /// The smallest whose centroids, where they are many, are found by sketches.
    public static final Shape.Image SKETCHED = new Shape.Image(16, 8, 1);

    private Plans() {}

    /// The plan of the first model, with the defaults.
    public static ModelPlan of(String pipelines) {
        return of(pipelines, Map.of());
    }

    /// The plan of the first model, for images of any shape.
    public static ModelPlan of(String pipelines, Shape shape) {
        return all(pipelines, TrainingOptions.defaults(3), Map.of(), shape).getFirst();
    }

    /// The plan of the first model, with some options of its family.
    public static ModelPlan of(String pipelines, Map<String, String> given) {
        return all(pipelines, TrainingOptions.defaults(3), given, GREY).getFirst();
    }

    /// The plans of all models, their pipelines parted by blanks.
    public static List<ModelPlan> all(
            String pipelines, TrainingOptions options, Map<String, String> given, Shape shape) {
        List<PipelineName> names =
                Arrays.stream(pipelines.split(" ")).map(PipelineName::parse).toList();
        return new Trainings(names, FAMILIES, options, values(given)).plans(shape);
    }

    static OptionValues values(Map<String, String> given) {
        return OptionValues.of(
                FAMILIES.stream().flatMap(family -> family.options().stream()).toList(), given);
    }
}
