package weft.trainer.autoencoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import weft.core.math.Kernels;
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
    private final Layers layers;
    private final Backpropagation network;
    private final float[] parameters;
    private final float[] gradient;
    private final float[] first;
    private final float[] second;
    private long iteration;

    /// Starts afresh, from weights that the seed decides.
    public Autoencoder(AutoencoderSettings settings, Reconstruction reconstruction) {
        this(settings, reconstruction, start(settings));
    }

    private Autoencoder(AutoencoderSettings settings, Reconstruction reconstruction, State state) {
        this.settings = settings;
        this.reconstruction = reconstruction;
        layers = new Layers(settings.mirrored());
        parameters = state.parameters();
        if (parameters.length != layers.length()) {
            throw new IllegalArgumentException("layers " + settings.layers() + " have " + layers.length()
                    + " parameters, not " + parameters.length);
        }
        gradient = new float[parameters.length];
        float[] updater = state.updater();
        first = Arrays.copyOf(updater, parameters.length);
        second = Arrays.copyOfRange(updater, parameters.length, updater.length);
        iteration = state.iteration();
        network = Backpropagation.of(layers, reconstruction);
    }

    /// Goes on from where `state` was taken, bit for bit, given the same settings.
    public static Autoencoder restore(AutoencoderSettings settings, Reconstruction reconstruction, State state) {
        return new Autoencoder(settings, reconstruction, state);
    }

    private static State start(AutoencoderSettings settings) {
        float[] parameters = GlorotUniform.parameters(new Layers(settings.mirrored()), settings.seed());
        return new State(parameters, new float[2 * parameters.length], 0);
    }

    /// What a batch teaches, and its codes; nothing is changed by it.
    ///
    /// @param images `n` rows of values, one after the other
    /// @param n rows, any number from call to call
    /// @param codes where the `n` codes go
    /// @throws DivergedException where the loss or the gradient is not finite
    public Contribution contribution(float[] images, int n, float[] codes) {
        double loss = backward(images, n, codes);
        return new Contribution(gradient.clone(), n, loss);
    }

    /// Takes one step.
    ///
    /// @throws DivergedException where the parameters are no longer finite
    public void apply(Contribution taught) {
        step(taught.gradient(), taught.loss());
    }

    /// A [#contribution] that is applied at once; says its loss.
    public double train(float[] images, int n, float[] codes) {
        double loss = backward(images, n, codes);
        step(gradient, loss);
        return loss;
    }

    private double backward(float[] images, int n, float[] codes) {
        if (n < 1) {
            throw new IllegalArgumentException("a batch must have at least 1 row, not " + n);
        }
        requireRoom("values", images, n, settings.inputs());
        requireRoom("codes", codes, n, settings.codeSize());
        double loss = network.forward(parameters, images, images, n);
        network.copyOutputs(settings.layers().size() - 2, codes);
        if (settings.noise() > 0) {
            // The codes above are of the images as they are; what is learnt from is the damaged ones.
            loss = network.forward(parameters, damaged(images, n), images, n);
        }
        if (!Double.isFinite(loss)) {
            throw new DivergedException(iteration, loss, "the loss");
        }
        network.backward(gradient);
        requireFinite(gradient, loss, "a value of the gradient");
        return loss;
    }

    private void step(float[] taught, double loss) {
        double rate = settings.learningRate() * settings.decay(iteration);
        settings.optimiser().step(parameters, taught, first, second, rate, iteration);
        requireFinite(parameters, loss, "a parameter");
        iteration++;
    }

    /// The mean loss of `n` rows, from which nothing is learnt.
    double loss(float[] images, int n) {
        return network.forward(parameters, images, images, n);
    }

    /// The half that makes codes, as it is now.
    public Network encoder() {
        return export(0, settings.layers().size() - 1);
    }

    /// The half that makes images of codes, as it is now.
    public Network decoder() {
        return export(settings.layers().size() - 1, layers.count());
    }

    /// All that [#restore] needs, as it is now.
    public State state() {
        float[] updater = Arrays.copyOf(first, 2 * first.length);
        System.arraycopy(second, 0, updater, first.length, second.length);
        return new State(parameters, updater, iteration);
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
        List<DenseLayer> halves = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int weights = layers.weightsAt(i);
            int biases = layers.biasesAt(i);
            int outputs = layers.outputs(i);
            halves.add(new DenseLayer(
                    Matrix.of(outputs, layers.inputs(i), Arrays.copyOfRange(parameters, weights, biases)),
                    Arrays.copyOfRange(parameters, biases, biases + outputs),
                    i == layers.count() - 1 ? reconstruction.output() : Activation.RELU));
        }
        return new Network(halves);
    }

    private void requireFinite(float[] values, double loss, String what) {
        if (!Kernels.allFinite(values)) {
            throw new DivergedException(iteration, loss, what);
        }
    }

    private static void requireRoom(String what, float[] values, int rows, int size) {
        if (values.length < (long) rows * size) {
            throw new IllegalArgumentException(
                    rows + " rows of " + size + " " + what + " do not fit in " + values.length + " values");
        }
    }
}
