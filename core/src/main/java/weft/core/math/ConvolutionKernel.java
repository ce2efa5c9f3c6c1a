package weft.core.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// A convolution with ReLU of one image, channels last, on the Vector API: lanes are outputs.
///
/// What it gives may be followed by the zeros of a vector that is not full, so buffers have room for [#LANES] more
/// values.
public final class ConvolutionKernel {
    private static final VectorSpecies<Float> SPECIES = PatchKernels.SPECIES;

    /// Values of a vector.
    public static final int LANES = PatchKernels.LANES;

    private ConvolutionKernel() {}

    /// Outputs rounded up to whole vectors.
    public static int padded(int outputs) {
        return (outputs + LANES - 1) / LANES * LANES;
    }

    /// `y = max(0, W x + b)` of every patch.
    ///
    /// @param x rows of `width` places with `channels` values each, border included
    /// @param w taps (row, column, channel) x [#padded] outputs, then as many biases; zero beyond the outputs
    /// @param y rows of `yWidth` places with `outputs` values each; the first is at `yAt`
    public static void apply(Geometry g, float[] x, float[] w, float[] y, int yAt) {
        int padded = padded(g.outputs);
        for (int row = 0; row < g.rows; row++) {
            int xRow = row * g.stride * g.width * g.channels;
            int yRow = yAt + row * g.yWidth * g.outputs;
            int step = g.stride * g.channels;
            int column = 0;
            for (; column + 4 <= g.columns; column += 4) {
                for (int o = 0; o < padded; o += LANES) {
                    four(g, x, xRow + column * step, step, w, padded, o, y, yRow + column * g.outputs + o);
                }
            }
            for (; column < g.columns; column++) {
                for (int o = 0; o < padded; o += LANES) {
                    one(g, x, xRow + column * step, w, padded, o, y, yRow + column * g.outputs + o);
                }
            }
        }
    }

    private static void four(
            Geometry g, float[] x, int xAt, int step, float[] w, int padded, int o, float[] y, int yAt) {
        int length = g.kernel * g.channels;
        FloatVector a0 = FloatVector.fromArray(SPECIES, w, g.kernel * length * padded + o);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        int at = o;
        for (int row = 0; row < g.kernel; row++) {
            int from = xAt + row * g.width * g.channels;
            for (int i = from; i < from + length; i++) {
                FloatVector v = FloatVector.fromArray(SPECIES, w, at);
                a0 = v.fma(FloatVector.broadcast(SPECIES, x[i]), a0);
                a1 = v.fma(FloatVector.broadcast(SPECIES, x[i + step]), a1);
                a2 = v.fma(FloatVector.broadcast(SPECIES, x[i + 2 * step]), a2);
                a3 = v.fma(FloatVector.broadcast(SPECIES, x[i + 3 * step]), a3);
                at += padded;
            }
        }
        // In this order: the zeros behind one place's outputs are overwritten by the next place's.
        a0.max(0).intoArray(y, yAt);
        a1.max(0).intoArray(y, yAt + g.outputs);
        a2.max(0).intoArray(y, yAt + 2 * g.outputs);
        a3.max(0).intoArray(y, yAt + 3 * g.outputs);
    }

    private static void one(Geometry g, float[] x, int xAt, float[] w, int padded, int o, float[] y, int yAt) {
        int length = g.kernel * g.channels;
        FloatVector a = FloatVector.fromArray(SPECIES, w, g.kernel * length * padded + o);
        int at = o;
        for (int row = 0; row < g.kernel; row++) {
            int from = xAt + row * g.width * g.channels;
            for (int i = from; i < from + length; i++) {
                a = FloatVector.fromArray(SPECIES, w, at).fma(FloatVector.broadcast(SPECIES, x[i]), a);
                at += padded;
            }
        }
        a.max(0).intoArray(y, yAt);
    }

    /// Sizes of a convolution.
    ///
    /// @param width of a row of inputs, border included
    /// @param rows of outputs
    /// @param columns of outputs
    /// @param yWidth of a row of outputs, border included
    public record Geometry(
            int width, int channels, int kernel, int stride, int rows, int columns, int outputs, int yWidth) {}
}
