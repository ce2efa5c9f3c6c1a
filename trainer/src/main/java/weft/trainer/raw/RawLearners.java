package weft.trainer.raw;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.model.ModelFamily;
import weft.core.model.PipelineName;
import weft.kafka.family.RawFamily;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.cluster.Follow;
import weft.trainer.cluster.KMeansLearner;
import weft.trainer.learn.EncoderLearner;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.LearnerFamily;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.Recipe;

/// Trains k-means on the images as they are: pixels from 0 to 1, vectors as they came.
public final class RawLearners implements LearnerFamily {
    @Override
    public ModelFamily model() {
        return new RawFamily();
    }

    @Override
    public List<FamilyOption> options() {
        return List.of();
    }

    @Override
    public Configured configure(OptionValues values, long seed) {
        return (shape, _) -> new RawRecipe(shape, seed);
    }

    private record RawRecipe(Shape shape, long seed) implements Recipe {
        @Override
        public int codeSize() {
            return shape.values();
        }

        @Override
        public Map<String, String> hyperparameters() {
            return Map.of();
        }

        @Override
        public EncoderLearner encoder(Optional<ByteString> saved) {
            return new ImagesAsCodes(codeSize());
        }

        @Override
        public ClustererLearner clusterer(PipelineName pipeline, Optional<ByteString> saved) {
            KMeansLearner.Settings settings =
                    new KMeansLearner.Settings(pipeline.k(), codeSize(), Follow.STILL, false, seed);
            return KMeansLearner.of(settings, saved);
        }

        @Override
        public long payloadBytes(List<PipelineName> pipelines) {
            return pipelines.stream()
                    .mapToLong(pipeline -> (long) Float.BYTES * pipeline.k() * codeSize())
                    .sum();
        }
    }
}
