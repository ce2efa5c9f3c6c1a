package weft.trainer.autoencoder;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// First weights, uniform within ±√(6 / (inputs + outputs)), and biases of zero (Glorot and Bengio 2010).
///
/// They come from Java's own generator, so that a seed means the same start on every machine.
final class GlorotUniform {
    private GlorotUniform() {}

    /// The flat parameters of the layers between these sizes.
    static float[] parameters(List<Integer> sizes, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        float[] parameters = new float[FlatLayers.length(sizes)];
        int at = 0;
        for (int i = 1; i < sizes.size(); i++) {
            int inputs = sizes.get(i - 1);
            int outputs = sizes.get(i);
            double limit = Math.sqrt(6.0 / (inputs + outputs));
            for (int end = at + outputs * inputs; at < end; at++) {
                parameters[at] = (float) (limit * (2 * random.nextDouble() - 1));
            }
            at += outputs;
        }
        return parameters;
    }
}
