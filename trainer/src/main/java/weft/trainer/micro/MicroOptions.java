package weft.trainer.micro;

import java.util.List;
import weft.core.image.Shape;
import weft.core.math.OrientedGradients;
import weft.core.model.PipelineName;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.LearnerFamily.Configured;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.Recipe;

/// What a user may choose of micro-clusters.
///
/// @param microClusters how many there are in the end
record MicroOptions(int microClusters, long seed) implements Configured {
    static final FamilyOption MICRO_CLUSTERS = new FamilyOption(
            "micro-clusters",
            "COUNT",
            "1024",
            "Of micro: small clusters that the clusters are made of, " + MicroOptions.FEWEST + " to "
                    + MicroOptions.MOST + " (default: ${DEFAULT-VALUE})");

    private static final int FEWEST = 64;
    private static final int MOST = 2048;

    /// Micro-clusters that a cluster has at least on the average.
    private static final int OF_A_CLUSTER = 4;

    static MicroOptions read(OptionValues values, long seed) {
        long count = values.whole(MICRO_CLUSTERS.name());
        if (count < FEWEST || count > MOST) {
            throw new IllegalArgumentException("--micro-clusters must be " + FEWEST + " to " + MOST + ", not " + count);
        }
        return new MicroOptions((int) count, seed);
    }

    @Override
    public Recipe on(Shape shape, List<PipelineName> pipelines) {
        PipelineName pipeline = pipelines.getFirst();
        if (!(shape instanceof Shape.Image image)) {
            throw new IllegalArgumentException("pipeline " + pipeline + " needs images, not vectors of "
                    + shape.values() + " values: it looks at gradients and patches");
        }
        if (image.width() < OrientedGradients.LEAST || image.height() < OrientedGradients.LEAST) {
            throw new IllegalArgumentException("pipeline " + pipeline + " needs images of at least "
                    + OrientedGradients.LEAST + "x" + OrientedGradients.LEAST + " pixels, not " + image);
        }
        for (PipelineName one : pipelines) {
            if (one.k() * OF_A_CLUSTER > microClusters) {
                throw new IllegalArgumentException("pipeline " + one + " needs at least " + one.k() * OF_A_CLUSTER
                        + " micro-clusters: --micro-clusters is " + microClusters);
            }
        }
        return new MicroRecipe(image, this);
    }
}
