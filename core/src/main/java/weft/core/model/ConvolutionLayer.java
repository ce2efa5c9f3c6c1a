package weft.core.model;

import weft.core.math.Matrix;
import weft.core.math.Vector;

/// A convolution with stride 2 and ReLU; its input has a border of half a kernel.
///
/// @param kernel width and height of a patch, odd
/// @param channels of the input
/// @param weights taps (row, column, channel) x outputs
/// @param bias of each output
public record ConvolutionLayer(int kernel, int channels, Matrix weights, Vector bias) {
    /// From patch to patch.
    public static final int STRIDE = 2;

    private static final int MOST_KERNEL = 31;

    public ConvolutionLayer {
        if (kernel < 1 || kernel > MOST_KERNEL || kernel % 2 == 0) {
            throw new IllegalArgumentException("a kernel must be odd and 1 to " + MOST_KERNEL + " wide, not " + kernel);
        }
        if (channels < 1 || weights.rows() != (long) kernel * kernel * channels) {
            throw new IllegalArgumentException("a convolution " + kernel + " x " + kernel + " of " + channels
                    + " channels does not have " + weights.rows() + " taps");
        }
        if (bias.size() != weights.columns()) {
            throw new IllegalArgumentException(
                    "a convolution of " + weights.columns() + " outputs does not have " + bias.size() + " biases");
        }
    }

    /// Channels of the output.
    public int outputs() {
        return weights.columns();
    }

    /// On each side of the input.
    int border() {
        return kernel / 2;
    }

    /// Width or height of the output for that of the input.
    static int reduced(int size) {
        return (size - 1) / STRIDE + 1;
    }

    /// Weights and biases as [weft.core.math.ConvolutionKernel] takes them.
    float[] padded(int width) {
        float[] padded = new float[(weights.rows() + 1) * width];
        for (int row = 0; row < weights.rows(); row++) {
            System.arraycopy(weights.row(row), 0, padded, row * width, outputs());
        }
        for (int o = 0; o < outputs(); o++) {
            padded[weights.rows() * width + o] = (float) bias.get(o);
        }
        return padded;
    }
}
