package weft.trainer.imsat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.model.PipelineName;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.learn.EncoderLearner;
import weft.trainer.learn.Recipe;

/// How a committee with K clusters is trained for images of one shape.
record ImsatRecipe(Shape.Image shape, int k, ImsatOptions options) implements Recipe {
    @Override
    public int codeSize() {
        return Committee.REPLICAS * k;
    }

    @Override
    public Map<String, String> hyperparameters() {
        return options.hyperparameters();
    }

    @Override
    public EncoderLearner encoder(Optional<ByteString> saved) {
        return new ImsatLearner(new Committee(shape, k, options), saved);
    }

    @Override
    public ClustererLearner clusterer(PipelineName pipeline, Optional<ByteString> saved) {
        return new VoteLearner(k, saved);
    }

    /// Three networks look at an image: every fourth mini-batch tells enough.
    @Override
    public int judgedOfBatches() {
        return 4;
    }

    @Override
    public int surveyed() {
        return 2_000;
    }

    @Override
    public long payloadBytes(List<PipelineName> pipelines) {
        return (long) Committee.REPLICAS * Float.BYTES * new NetShape(shape, k).parameters;
    }
}
