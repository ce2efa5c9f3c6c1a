package weft.standalone.toy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.ModelFamily;
import weft.core.model.PipelineName;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.cluster.Codes;
import weft.trainer.learn.EncoderLearner;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.LearnerFamily;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.Recipe;

/// Learns how dark and how bright images come.
final class ToyLearners implements LearnerFamily {
    @Override
    public ModelFamily model() {
        return new ToyFamily();
    }

    @Override
    public List<FamilyOption> options() {
        return List.of(new FamilyOption("slack", "SHARE", "0", "Widens the range by this share on both sides"));
    }

    @Override
    public Configured configure(OptionValues values, long seed) {
        double slack = values.number("slack");
        return (shape, _) -> new ToyRecipe(shape, slack);
    }

    private record ToyRecipe(Shape shape, double slack) implements Recipe {
        @Override
        public int codeSize() {
            return 1;
        }

        @Override
        public Map<String, String> hyperparameters() {
            return Map.of("slack", Double.toString(slack));
        }

        @Override
        public EncoderLearner encoder(Optional<ByteString> saved) {
            return new Still(new ToyFamily.Brightness(shape.values()));
        }

        @Override
        public ClustererLearner clusterer(PipelineName pipeline, Optional<ByteString> saved) {
            return new BinsLearner(pipeline.k(), slack, saved);
        }

        @Override
        public long payloadBytes(List<PipelineName> pipelines) {
            return 12L * pipelines.size();
        }
    }

    private static final class Still implements EncoderLearner {
        private final ToyFamily.Brightness brightness;

        Still(ToyFamily.Brightness brightness) {
            this.brightness = brightness;
        }

        @Override
        public double train(float[] images, int n, Codes codes) {
            Encoder.Pass pass = brightness.pass();
            codes.rows(0);
            for (int i = 0; i < n; i++) {
                codes.add(pass.encode(images, i * brightness.inputs()), 0);
            }
            return Double.NaN;
        }

        @Override
        public boolean moves() {
            return false;
        }

        @Override
        public Encoder encoder() {
            return brightness;
        }

        @Override
        public ByteString save() {
            return ByteString.EMPTY;
        }
    }

    private static final class BinsLearner implements ClustererLearner {
        private final int k;
        private final double slack;
        private float low = Float.POSITIVE_INFINITY;
        private float high = Float.NEGATIVE_INFINITY;

        BinsLearner(int k, double slack, Optional<ByteString> saved) {
            this.k = k;
            this.slack = slack;
            saved.map(ByteString::asReadOnlyByteBuffer).ifPresent(bytes -> {
                low = bytes.getFloat();
                high = bytes.getFloat();
            });
        }

        @Override
        public void learn(Codes batch, int[] clusters) {
            for (int i = 0; i < batch.rows(); i++) {
                low = Math.min(low, batch.values()[i]);
                high = Math.max(high, batch.values()[i]);
            }
            Arrays.fill(clusters, 0, batch.rows(), -1);
        }

        @Override
        public boolean wantsWindow(long imagesSeen) {
            return false;
        }

        @Override
        public void follow(Codes window, int[] clusters, long imagesSeen) {}

        @Override
        public boolean started() {
            return low < high;
        }

        @Override
        public Clusterer clusterer() {
            float more = (float) (slack * (high - low));
            return new ToyFamily.Bins(k, low - more, high + more);
        }

        @Override
        public Map<String, Double> measures() {
            return Map.of("range", (double) high - low);
        }

        @Override
        public long reseeds() {
            return 0;
        }

        @Override
        public ByteString save() {
            return ByteString.copyFrom(
                    ByteBuffer.allocate(8).putFloat(low).putFloat(high).flip());
        }
    }
}
