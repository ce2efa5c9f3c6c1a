package weft.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.DenseLayer;
import weft.core.model.GaussianMixture;
import weft.core.model.Network;

/// Random models and images of the real sizes: what is measured does not depend on what they mean.
final class Samples {
    /// Of an image of Fashion-MNIST.
    static final int VALUES = 28 * 28;

    private static final int CODE = 32;

    private Samples() {}

    static float[] images(int count) {
        return floats(count * VALUES, new Random(1));
    }

    static Matrix matrix(int rows, int columns) {
        return Matrix.of(rows, columns, floats(rows * columns, new Random(2)));
    }

    /// 784-32, as the default autoencoder's.
    static Network encoder() {
        return new Network(List.of(new DenseLayer(matrix(CODE, VALUES), new float[CODE], Activation.RELU)));
    }

    /// Over codes of 32 values, unit covariances.
    static GaussianMixture mixture(int k) {
        Random random = new Random(3);
        double[] covariance = new double[CODE * (CODE + 1) / 2];
        for (int i = 0; i < CODE; i++) {
            covariance[i * (i + 1) / 2 + i] = 1;
        }
        List<GaussianMixture.Component> components = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            Vector mean = Vector.of(random.doubles(CODE).toArray());
            components.add(new GaussianMixture.Component(1.0 / k, mean, Vector.of(covariance)));
        }
        return new GaussianMixture(components);
    }

    private static float[] floats(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }
}
