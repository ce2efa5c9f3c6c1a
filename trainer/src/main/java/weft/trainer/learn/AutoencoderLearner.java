package weft.trainer.learn;

import java.util.Optional;
import weft.core.model.Encoder;
import weft.core.model.Network;
import weft.core.model.NetworkEncoder;
import weft.trainer.autoencoder.Autoencoder;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.autoencoder.State;
import weft.trainer.cluster.Codes;
import weft.trainer.proto.AutoencoderState;

/// The encoder half of an autoencoder that learns.
final class AutoencoderLearner implements EncoderLearner {
    private final Autoencoder autoencoder;

    AutoencoderLearner(AutoencoderSettings settings) {
        autoencoder = new Autoencoder(settings);
    }

    AutoencoderLearner(AutoencoderSettings settings, AutoencoderState saved) {
        autoencoder = Autoencoder.restore(
                settings,
                new State(
                        floats(saved.getParametersCount(), saved::getParameters),
                        floats(saved.getUpdaterCount(), saved::getUpdater),
                        saved.getIterations()));
    }

    @Override
    public double train(float[] pixels, int n, Codes codes) {
        float loss = autoencoder.train(pixels, n, codes.values());
        codes.rows(n);
        return loss;
    }

    @Override
    public Encoder encoder() {
        return new NetworkEncoder(autoencoder.encoder());
    }

    @Override
    public Optional<Network> decoder() {
        return Optional.of(autoencoder.decoder());
    }

    @Override
    public AutoencoderState save() {
        State state = autoencoder.state();
        AutoencoderState.Builder message = AutoencoderState.newBuilder().setIterations(state.iteration());
        for (float value : state.parameters()) {
            message.addParameters(value);
        }
        for (float value : state.updater()) {
            message.addUpdater(value);
        }
        return message.build();
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
