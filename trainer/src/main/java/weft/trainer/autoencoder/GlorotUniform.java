package weft.trainer.autoencoder;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// First weights, uniform within ±√(6 / (inputs + outputs)), and biases of zero (Glorot and Bengio 2010).
///
/// They come from Java's own generator, so that a seed means the same start on every machine.
final class GlorotUniform {
    private GlorotUniform() {}

    /// The flat parameters of layers.
    static float[] parameters(Layers layers, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        float[] parameters = new float[layers.length()];
        for (int layer = 0; layer < layers.count(); layer++) {
            double limit = Math.sqrt(6.0 / (layers.inputs(layer) + layers.outputs(layer)));
            for (int at = layers.weightsAt(layer); at < layers.biasesAt(layer); at++) {
                parameters[at] = (float) (limit * (2 * random.nextDouble() - 1));
            }
        }
        return parameters;
    }
}
