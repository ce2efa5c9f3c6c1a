package weft.trainer.autoencoder;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.model.PipelineName;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.cluster.KMeansLearner;
import weft.trainer.cluster.MixtureLearner;
import weft.trainer.learn.EncoderLearner;
import weft.trainer.learn.Recipe;

/// How an autoencoder and the clusterers on its codes are trained for images of one shape.
///
/// @param vectors whether images are vectors: standardised first, rebuilt by a linear output under the mean
///     squared error
record AutoencoderRecipe(AutoencoderOptions options, AutoencoderSettings settings, boolean vectors) implements Recipe {
    @Override
    public int codeSize() {
        return settings.codeSize();
    }

    @Override
    public Map<String, String> hyperparameters() {
        return options.hyperparameters(settings);
    }

    @Override
    public EncoderLearner encoder(Optional<ByteString> saved) {
        return vectors
                ? new VectorAutoencoderLearner(settings, saved)
                : new AutoencoderLearner(settings, Reconstruction.PIXELS, saved);
    }

    @Override
    public ClustererLearner clusterer(PipelineName pipeline, Optional<ByteString> saved) {
        return switch (pipeline.clusterer()) {
            case "kmeans" ->
                KMeansLearner.of(
                        new KMeansLearner.Settings(
                                pipeline.k(), codeSize(), options.follow(), options.normaliseCodes(), options.seed()),
                        saved);
            case "gmm" ->
                MixtureLearner.of(
                        new MixtureLearner.Settings(pipeline.k(), codeSize(), options.follow(), options.seed()), saved);
            default -> throw new IllegalArgumentException("no clusterer of family ae: " + pipeline);
        };
    }

    @Override
    public long payloadBytes(List<PipelineName> pipelines) {
        long d = codeSize();
        long mixture = Double.BYTES * (1 + d + d * (d + 1) / 2);
        return (long) Float.BYTES * new Layers(settings.mirrored()).length()
                + (vectors ? 2L * Double.BYTES * settings.inputs() : 0)
                + pipelines.stream()
                        .mapToLong(pipeline ->
                                pipeline.k() * (pipeline.clusterer().equals("gmm") ? mixture : Float.BYTES * d))
                        .sum();
    }
}
