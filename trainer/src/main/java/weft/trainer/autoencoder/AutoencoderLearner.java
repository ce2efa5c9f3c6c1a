package weft.trainer.autoencoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import weft.core.model.Encoder;
import weft.core.model.Network;
import weft.core.model.NetworkEncoder;
import weft.trainer.cluster.Codes;
import weft.trainer.learn.EncoderLearner;
import weft.trainer.proto.AutoencoderState;

/// The encoder half of an autoencoder that learns.
final class AutoencoderLearner implements EncoderLearner {
    private final Reconstruction reconstruction;
    private final Autoencoder autoencoder;

    AutoencoderLearner(AutoencoderSettings settings, Reconstruction reconstruction, Optional<ByteString> saved) {
        this.reconstruction = reconstruction;
        autoencoder = saved.map(AutoencoderLearner::state)
                .map(state -> Autoencoder.restore(settings, reconstruction, state))
                .orElseGet(() -> new Autoencoder(settings, reconstruction));
    }

    private static State state(ByteString saved) {
        AutoencoderState message;
        try {
            message = AutoencoderState.parseFrom(saved);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("the saved state of the autoencoder cannot be read", fault);
        }
        return new State(
                floats(message.getParametersCount(), message::getParameters),
                floats(message.getUpdaterCount(), message::getUpdater),
                message.getIterations());
    }

    @Override
    public double train(float[] images, int n, Codes codes) {
        double loss = autoencoder.train(images, n, codes.values());
        codes.rows(n);
        return loss;
    }

    @Override
    public double loss(float[] images, int n) {
        return autoencoder.loss(images, n);
    }

    @Override
    public String loss() {
        return reconstruction.loss();
    }

    @Override
    public double blownUp() {
        return reconstruction.blownUp();
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public Encoder encoder() {
        return new NetworkEncoder(network());
    }

    /// The encoder's half of the network as it is now.
    Network network() {
        return autoencoder.encoder();
    }

    @Override
    public Optional<Network> decoder() {
        return Optional.of(autoencoder.decoder());
    }

    @Override
    public ByteString save() {
        State state = autoencoder.state();
        AutoencoderState.Builder message = AutoencoderState.newBuilder().setIterations(state.iteration());
        for (float value : state.parameters()) {
            message.addParameters(value);
        }
        for (float value : state.updater()) {
            message.addUpdater(value);
        }
        return message.build().toByteString();
    }

    private interface FloatAt {
        float get(int index);
    }

    private static float[] floats(int count, FloatAt values) {
        float[] array = new float[count];
        for (int i = 0; i < count; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
