package weft.trainer.autoencoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import weft.core.math.Matrix;
import weft.core.model.Activation;
import weft.core.model.DenseLayer;
import weft.core.model.Network;
import weft.trainer.learn.DivergedException;

/// Learns, batch by batch, to squeeze images into codes and back: rectified codes, and outputs as the
/// [Reconstruction] has them.
///
/// Not for more than one thread.
public final class Autoencoder {
    private final AutoencoderSettings settings;
    private final Reconstruction reconstruction;
    private final Backpropagation network;
    private final INDArray updaterState;
    private final GradientUpdater<?> updater;
    private long iteration;

    /// Starts afresh, from weights that the seed decides.
    public Autoencoder(AutoencoderSettings settings, Reconstruction reconstruction) {
        this(settings, reconstruction, start(settings));
    }

    private Autoencoder(AutoencoderSettings settings, Reconstruction reconstruction, State state) {
        Nd4jSetup.ensure();
        this.settings = settings;
        this.reconstruction = reconstruction;
        network = new Backpropagation(settings.mirrored(), reconstruction);
        float[] parameters = state.parameters();
        if (parameters.length != network.parameters().vector().length()) {
            throw new IllegalArgumentException("layers " + settings.layers() + " have "
                    + network.parameters().vector().length() + " parameters, not " + parameters.length);
        }
        Floats.copy(parameters, network.parameters().vector());
        updaterState = Nd4j.create(DataType.FLOAT, 2L * parameters.length);
        Floats.copy(state.updater(), updaterState);
        updater = settings.optimiser().updater(settings.learningRate()).instantiate(updaterState, false);
        iteration = state.iteration();
    }

    /// Goes on from where `state` was taken, bit for bit, given the same settings.
    public static Autoencoder restore(AutoencoderSettings settings, Reconstruction reconstruction, State state) {
        return new Autoencoder(settings, reconstruction, state);
    }

    private static State start(AutoencoderSettings settings) {
        float[] parameters = GlorotUniform.parameters(settings.mirrored(), settings.seed());
        return new State(parameters, new float[2 * parameters.length], 0);
    }

    /// What a batch teaches, and its codes; nothing is changed by it.
    ///
    /// @param images `n` rows of values, one after the other
    /// @param n rows, any number from call to call
    /// @param codes where the `n` codes go
    /// @throws DivergedException where the loss or the gradient is not finite
    public Contribution contribution(float[] images, int n, float[] codes) {
        if (n < 1) {
            throw new IllegalArgumentException("a batch must have at least 1 row, not " + n);
        }
        requireRoom("values", images, n, settings.inputs());
        requireRoom("codes", codes, n, settings.codeSize());
        double loss = network.forward(images, images, n);
        network.copyOutputs(settings.layers().size() - 2, codes);
        if (settings.noise() > 0) {
            // The codes above are of the images as they are; what is learnt from is the damaged ones.
            loss = network.forward(damaged(images, n), images, n);
        }
        requireFinite(loss, loss, "the loss");
        network.backward();
        INDArray gradient = network.gradient().vector();
        requireFinite(sumOfMagnitudes(gradient), loss, "the size of the gradient");
        return new Contribution(Floats.toArray(gradient), n, (float) loss);
    }

    /// Takes one step.
    ///
    /// @throws DivergedException where the parameters are no longer finite
    public void apply(Contribution taught) {
        INDArray gradient = network.gradient().vector();
        Floats.copy(taught.gradient(), gradient);
        // ND4J counts in ints; by then Adam has long stopped to correct for its start.
        updater.applyUpdater(gradient, (int) Math.min(iteration, Integer.MAX_VALUE - 1), 0);
        INDArray parameters = network.parameters().vector();
        double scale = settings.optimiser().scale(settings.learningRate()) * settings.decay(iteration);
        Nd4j.getBlasWrapper().level1().axpy(parameters.length(), -scale, gradient, parameters);
        requireFinite(sumOfMagnitudes(parameters), taught.loss(), "the size of the parameters");
        iteration++;
    }

    /// The half that makes codes, as it is now.
    public Network encoder() {
        return export(0, settings.layers().size() - 1);
    }

    /// The half that makes images of codes, as it is now.
    public Network decoder() {
        return export(settings.layers().size() - 1, network.parameters().count());
    }

    /// All that [#restore] needs, as it is now.
    public State state() {
        return new State(Floats.toArray(network.parameters().vector()), Floats.toArray(updaterState), iteration);
    }

    /// Seeded by the step, so that a resumed training damages the same pixels.
    private float[] damaged(float[] pixels, int n) {
        SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + iteration);
        float[] damaged = Arrays.copyOf(pixels, n * settings.inputs());
        for (int i = 0; i < damaged.length; i++) {
            if (random.nextDouble() < settings.noise()) {
                damaged[i] = 0;
            }
        }
        return damaged;
    }

    private Network export(int from, int to) {
        FlatLayers flat = network.parameters();
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            INDArray weights = flat.weights().get(i);
            layers.add(new DenseLayer(
                    Matrix.of(weights.rows(), weights.columns(), Floats.toArray(weights)),
                    Floats.toArray(flat.biases().get(i)),
                    i == flat.count() - 1 ? reconstruction.output() : Activation.RELU));
        }
        return new Network(layers);
    }

    private void requireFinite(double value, double loss, String what) {
        if (!Double.isFinite(value)) {
            throw new DivergedException(iteration, loss, what);
        }
    }

    private static double sumOfMagnitudes(INDArray vector) {
        return Nd4j.getBlasWrapper().asum(vector);
    }

    private static void requireRoom(String what, float[] values, int rows, int size) {
        if (values.length < (long) rows * size) {
            throw new IllegalArgumentException(
                    rows + " rows of " + size + " " + what + " do not fit in " + values.length + " values");
        }
    }
}
