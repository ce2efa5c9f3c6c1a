package weft.trainer.micro;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.math.PatchWords;
import weft.core.model.PipelineName;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.learn.EncoderLearner;
import weft.trainer.learn.Recipe;

/// How micro-clusters are trained for images of one shape.
record MicroRecipe(Shape.Image shape, MicroOptions options) implements Recipe {
    /// Images seen at which features are learnt anew and micro-clusters fitted anew; each is a milestone.
    static final List<Integer> STAGES = List.of(500, 2_000, 5_000);

    @Override
    public int codeSize() {
        return FeatureFit.codeSize(shape);
    }

    @Override
    public Map<String, String> hyperparameters() {
        return Map.of(
                "micro.clusters", Integer.toString(options.microClusters()),
                "patch.words", Integer.toString(DictionaryFit.WORDS));
    }

    @Override
    public EncoderLearner encoder(Optional<ByteString> saved) {
        return new FeatureLearner(shape, options.seed(), saved);
    }

    @Override
    public ClustererLearner clusterer(PipelineName pipeline, Optional<ByteString> saved) {
        return new MicroLearner(
                new MicroLearner.Settings(pipeline.k(), options.microClusters(), codeSize(), options.seed()), saved);
    }

    /// Features cost more than all else: every eighth mini-batch tells enough.
    @Override
    public int judgedOfBatches() {
        return 8;
    }

    @Override
    public int surveyed() {
        return 1_000;
    }

    @Override
    public long payloadBytes(List<PipelineName> pipelines) {
        long features = (long) FeatureFit.descriptionSize(shape) * FeatureFit.AXES
                + (long) PatchWords.VALUES * (PatchWords.VALUES + DictionaryFit.WORDS);
        return Float.BYTES * (features + (long) pipelines.size() * options.microClusters() * (codeSize() + 1));
    }
}
