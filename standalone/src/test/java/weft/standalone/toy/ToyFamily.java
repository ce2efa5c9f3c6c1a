package weft.standalone.toy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.model.Assignment;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.Model;
import weft.core.model.ModelFamily;
import weft.core.model.ModelName;
import weft.core.model.Objective;
import weft.core.model.PipelineName;

/// The code of an image is its mean brightness, and clusters are bins of equal width: an encoder, a clusterer, an
/// objective and a wire form that Weft itself does not have.
final class ToyFamily implements ModelFamily {
    @Override
    public String name() {
        return "toy";
    }

    @Override
    public Map<String, Integer> clusterers() {
        return Map.of("bins", 16);
    }

    @Override
    public byte[] encode(Model model) {
        ByteBuffer bytes = ByteBuffer.allocate(model.clusterers().size() * 12);
        model.clusterers().values().forEach(clusterer -> {
            Bins bins = (Bins) clusterer;
            bytes.putInt(bins.k()).putFloat(bins.low()).putFloat(bins.high());
        });
        return bytes.array();
    }

    @Override
    public Model decode(ModelName name, Shape shape, byte[] payload) {
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        while (bytes.remaining() >= 12) {
            Bins bins = new Bins(bytes.getInt(), bytes.getFloat(), bytes.getFloat());
            clusterers.put(new PipelineName(name, "bins", bins.k()), bins);
        }
        return new Model(name, shape, new Brightness(shape.values()), Optional.empty(), clusterers);
    }

    record Brightness(int inputs) implements Encoder {
        @Override
        public int codeSize() {
            return 1;
        }

        @Override
        public Encoder.Pass pass() {
            float[] code = new float[1];
            return (image, offset) -> {
                float sum = 0;
                for (int i = 0; i < inputs; i++) {
                    sum += image[offset + i];
                }
                code[0] = sum / inputs;
                return code;
            };
        }
    }

    record Bins(int k, float low, float high) implements Clusterer {
        private static final Objective DISPERSION =
                new Objective("meanDistanceFromMiddle", false, Objective.Score.DISTANCE);

        @Override
        public int codeSize() {
            return 1;
        }

        @Override
        public Objective objective() {
            return DISPERSION;
        }

        @Override
        public Optional<float[]> centre(int cluster) {
            return Optional.of(new float[] {low + (cluster + .5f) * (high - low) / k});
        }

        @Override
        public Map<String, Double> figures(long images, double objectiveSum) {
            return Map.of("dispersion", objectiveSum / images);
        }

        @Override
        public Clusterer.Pass pass() {
            return new Clusterer.Pass() {
                private double distance;

                @Override
                public Assignment assign(float[] code) {
                    int bin = Math.clamp((int) (k * (code[0] - low) / (high - low)), 0, k - 1);
                    distance = Math.abs(code[0] - centre(bin).orElseThrow()[0]);
                    return new Assignment(bin, distance, 0);
                }

                @Override
                public double objective() {
                    return distance;
                }
            };
        }
    }
}
