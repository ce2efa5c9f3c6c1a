package weft.trainer.autoencoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.core.math.Vector;
import weft.core.model.Encoder;
import weft.core.model.Network;
import weft.core.model.NetworkEncoder;
import weft.core.model.Scaling;
import weft.trainer.cluster.Codes;
import weft.trainer.learn.EncoderLearner;
import weft.trainer.proto.StandardisedState;

/// An autoencoder of vectors, each value standardised by what the start of the stream shows.
///
/// It keeps the images up to the first milestone, when the encoder is asked for; then the scaling is fixed, and it
/// learns from them in the order in which they came. No clusterer wants codes before that.
final class VectorAutoencoderLearner implements EncoderLearner {
    /// A value that hardly varies says nothing: below this share of its magnitude it is not blown up to 1.
    private static final double CONSTANT = 1e-6;

    private final int values;
    private final AutoencoderLearner autoencoder;
    private final List<float[]> start = new ArrayList<>();
    private @Nullable Scaling scaling;

    VectorAutoencoderLearner(AutoencoderSettings settings, Optional<ByteString> saved) {
        values = settings.inputs();
        Optional<StandardisedState> state = saved.map(VectorAutoencoderLearner::parse);
        autoencoder =
                new AutoencoderLearner(settings, Reconstruction.VECTORS, state.map(StandardisedState::getAutoencoder));
        scaling = state.filter(known -> known.getMeansCount() > 0)
                .map(known -> new Scaling(vector(known.getMeansList()), vector(known.getDeviationsList())))
                .orElse(null);
    }

    private static StandardisedState parse(ByteString saved) {
        try {
            return StandardisedState.parseFrom(saved);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("the saved state of the autoencoder cannot be read", fault);
        }
    }

    private static Vector vector(List<Double> list) {
        return Vector.of(list.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public double train(float[] images, int n, Codes codes) {
        if (scaling == null) {
            start.add(Arrays.copyOf(images, n * values));
            codes.rows(n);
            return Double.NaN;
        }
        return autoencoder.train(scaled(images, n, scaling), n, codes);
    }

    private float[] scaled(float[] images, int n, Scaling by) {
        float[] scaled = new float[n * values];
        for (int i = 0; i < n; i++) {
            by.apply(images, i * values, scaled, i * values);
        }
        return scaled;
    }

    private Scaling begun() {
        if (scaling == null) {
            Scaling first = measure();
            for (float[] batch : start) {
                int n = batch.length / values;
                autoencoder.train(
                        scaled(batch, n, first),
                        n,
                        new Codes(n, autoencoder.network().outputs()));
            }
            start.clear();
            scaling = first;
        }
        return scaling;
    }

    private Scaling measure() {
        long n = start.stream().mapToLong(batch -> batch.length / values).sum();
        double[] means = new double[values];
        double[] deviations = new double[values];
        for (float[] batch : start) {
            for (int i = 0; i < batch.length; i++) {
                means[i % values] += (double) batch[i] / n;
            }
        }
        for (float[] batch : start) {
            for (int i = 0; i < batch.length; i++) {
                double difference = batch[i] - means[i % values];
                deviations[i % values] += difference * difference / n;
            }
        }
        for (int j = 0; j < values; j++) {
            double deviation = Math.sqrt(deviations[j]);
            deviations[j] = deviation > CONSTANT * Math.abs(means[j]) ? deviation : 1;
        }
        return new Scaling(Vector.of(means), Vector.of(deviations));
    }

    @Override
    public double loss(float[] images, int n) {
        return autoencoder.loss(scaled(images, n, begun()), n);
    }

    @Override
    public String loss() {
        return autoencoder.loss();
    }

    @Override
    public double blownUp() {
        return autoencoder.blownUp();
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public Encoder encoder() {
        Scaling by = begun();
        return new NetworkEncoder(autoencoder.network(), by);
    }

    @Override
    public Optional<Network> decoder() {
        return autoencoder.decoder();
    }

    @Override
    public ByteString save() {
        StandardisedState.Builder state = StandardisedState.newBuilder().setAutoencoder(autoencoder.save());
        if (scaling != null) {
            for (int j = 0; j < values; j++) {
                state.addMeans(scaling.means().get(j))
                        .addDeviations(scaling.deviations().get(j));
            }
        }
        return state.build().toByteString();
    }
}
