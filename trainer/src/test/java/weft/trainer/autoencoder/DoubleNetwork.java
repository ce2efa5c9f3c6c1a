package weft.trainer.autoencoder;

import java.util.List;

/// The autoencoder's loss once more, straight from its definition and in doubles, to compare with.
final class DoubleNetwork {
    private final List<Integer> sizes;
    private final double[] parameters;

    DoubleNetwork(List<Integer> sizes, float[] parameters) {
        this.sizes = sizes;
        this.parameters = new double[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            this.parameters[i] = parameters[i];
        }
    }

    double loss(float[] rows, int n) {
        int size = sizes.getFirst();
        double sum = 0;
        for (int row = 0; row < n; row++) {
            double[] target = new double[size];
            for (int i = 0; i < size; i++) {
                target[i] = rows[row * size + i];
            }
            double[] sums = outputs(target);
            for (int i = 0; i < size; i++) {
                double p = 1 / (1 + Math.exp(-sums[i]));
                sum -= target[i] * Math.log(p) + (1 - target[i]) * Math.log(1 - p);
            }
        }
        return sum / (n * size);
    }

    /// The central difference of the loss by one parameter.
    double slope(int parameter, double step, float[] rows, int n) {
        double middle = parameters[parameter];
        parameters[parameter] = middle + step;
        double above = loss(rows, n);
        parameters[parameter] = middle - step;
        double below = loss(rows, n);
        parameters[parameter] = middle;
        return (above - below) / (2 * step);
    }

    private double[] outputs(double[] x) {
        int at = 0;
        for (int layer = 1; layer < sizes.size(); layer++) {
            double[] y = new double[sizes.get(layer)];
            int biases = at + x.length * y.length;
            for (int j = 0; j < y.length; j++) {
                y[j] = parameters[biases + j];
                for (int i = 0; i < x.length; i++) {
                    y[j] += parameters[at + j * x.length + i] * x[i];
                }
                if (layer < sizes.size() - 1) {
                    y[j] = Math.max(0, y[j]);
                }
            }
            at = biases + y.length;
            x = y;
        }
        return x;
    }
}
