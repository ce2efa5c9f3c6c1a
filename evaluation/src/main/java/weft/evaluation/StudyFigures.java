package weft.evaluation;

import java.util.Map;
import java.util.Optional;
import weft.core.image.Dataset;
import weft.core.image.Shape;

/// What the batch study measured that Weft grew out of: scikit-learn and Keras on all images at once, the
/// autoencoder for 50 epochs.
public final class StudyFigures {
    /// What the study has of one pipeline.
    ///
    /// @param accuracy majority mapping, train split
    /// @param homogeneity NaN where the study has none
    /// @param inertia NaN where the study has none
    public record Figures(double accuracy, double homogeneity, double inertia) {}

    private static final Map<String, Figures> ALL = Map.of(
            "raw-kmeans-10", new Figures(0.5748, 0.5039, 1_914_601),
            "raw-kmeans-16", new Figures(0.6581, 0.6014, 1_686_143),
            "raw-kmeans-36", new Figures(0.6869, 0.6508, 1_428_962),
            "raw-kmeans-64", new Figures(0.7226, 0.6848, 1_298_159),
            "raw-kmeans-144", new Figures(0.7580, 0.7267, 1_146_156),
            "raw-kmeans-256", new Figures(0.7830, 0.7546, 1_053_537),
            "ae-kmeans-10", new Figures(0.5537, 0.5005, Double.NaN),
            "ae-gmm-10", new Figures(0.5143, Double.NaN, Double.NaN));

    /// Validation loss of the study's autoencoder.
    public static final double VALIDATION_LOSS = 0.2950;

    private StudyFigures() {}

    /// Whether these are the data that the study was of.
    public static boolean cover(Dataset dataset) {
        return dataset.name().equals("Fashion-MNIST") && dataset.shape().equals(new Shape.Image(28, 28, 1));
    }

    /// The figures of a pipeline, where the study had it.
    public static Optional<Figures> of(String pipeline) {
        return Optional.ofNullable(ALL.get(pipeline));
    }
}
