package weft.core.model;

import java.util.Arrays;
import weft.core.math.Columns;
import weft.core.math.Finite;
import weft.core.math.Gemm;
import weft.core.math.Kernels;
import weft.core.math.Matrix;

/// A fully connected layer: `activation(W x + b)`.
public final class DenseLayer {
    private final Matrix weights;
    private final float[] bias;
    private final Activation activation;

    /// @param weights outputs x inputs
    /// @param bias one value for each output, copied
    public DenseLayer(Matrix weights, float[] bias, Activation activation) {
        if (bias.length != weights.rows()) {
            throw new IllegalArgumentException(
                    "a layer of " + weights.rows() + " outputs does not have " + bias.length + " biases");
        }
        Finite.check(bias, "bias");
        this.weights = weights;
        this.bias = bias.clone();
        this.activation = activation;
    }

    public int inputs() {
        return weights.columns();
    }

    public int outputs() {
        return weights.rows();
    }

    public Matrix weights() {
        return weights;
    }

    /// A fresh copy of the biases.
    public float[] bias() {
        return bias.clone();
    }

    public Activation activation() {
        return activation;
    }

    /// Buffers for one thread.
    Pass pass() {
        return outputs() > inputs() ? new WidePass() : new NarrowPass();
    }

    /// Applies the layer, for one thread.
    interface Pass {
        /// To the inputs that start at `xOffset`.
        void apply(float[] x, int xOffset, float[] y);

        /// To `n` rows of inputs.
        void applyToRows(float[] x, int n, float[] y);
    }

    /// A sum over lanes for each output.
    private final class NarrowPass implements Pass {
        @Override
        public void apply(float[] x, int xOffset, float[] y) {
            Kernels.affine(weights, bias, x, xOffset, y, 0);
            activation.apply(y, outputs());
        }

        @Override
        public void applyToRows(float[] x, int n, float[] y) {
            int outputs = outputs();
            Gemm.dots(x, n, weights, y);
            for (int row = 0; row < n; row++) {
                for (int j = 0; j < outputs; j++) {
                    y[row * outputs + j] += bias[j];
                }
            }
            activation.apply(y, n * outputs);
        }
    }

    /// Where there are more outputs than inputs, sums over lanes would cost more than all else.
    private final class WidePass implements Pass {
        private final Columns columns = new Columns(weights, bias);
        private final float[] row = new float[columns.length()];

        @Override
        public void apply(float[] x, int xOffset, float[] y) {
            sums(x, xOffset, y, 0);
            activation.apply(y, outputs());
        }

        @Override
        public void applyToRows(float[] x, int n, float[] y) {
            for (int i = 0; i < n; i++) {
                sums(x, i * inputs(), y, i * outputs());
            }
            activation.apply(y, n * outputs());
        }

        private void sums(float[] x, int xOffset, float[] y, int yOffset) {
            columns.apply(x, xOffset, row);
            System.arraycopy(row, 0, y, yOffset, outputs());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DenseLayer that
                && activation == that.activation
                && weights.equals(that.weights)
                && Arrays.equals(bias, that.bias);
    }

    @Override
    public int hashCode() {
        return 31 * weights.hashCode() + Arrays.hashCode(bias);
    }
}
