package weft.core.math;

/// Which inputs each output of a layer sees: a convolution over an image with a border, or a dense layer, whose one
/// patch is everything.
///
/// All numbers are places in a block of [PatchKernels#BLOCK] images. Weights are taps x outputs, taps in the order
/// channel, row, column.
public final class Patches {
    final int[] taps;
    final int[] positions;
    private final int inputs;
    private final int outputs;

    private Patches(int[] taps, int[] positions, int inputs, int outputs) {
        if (outputs % 8 != 0) {
            throw new IllegalArgumentException("outputs must be a multiple of 8, not " + outputs);
        }
        this.taps = taps;
        this.positions = positions;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /// A convolution.
    ///
    /// @param input with its border
    /// @param kernel width and height of a patch
    /// @param stride from patch to patch, in both directions
    public static Patches convolution(Plane input, int channels, int kernel, int stride, int outputs) {
        int columns = (input.width() - kernel) / stride + 1;
        int rows = (input.height() - kernel) / stride + 1;
        int[] positions = new int[rows * columns];
        for (int p = 0; p < positions.length; p++) {
            positions[p] = input.at(p / columns * stride, p % columns * stride) * PatchKernels.BLOCK;
        }
        int[] taps = new int[channels * kernel * kernel];
        for (int t = 0; t < taps.length; t++) {
            int inPlane = t % (kernel * kernel);
            taps[t] = (t / (kernel * kernel) * input.size() + input.at(inPlane / kernel, inPlane % kernel))
                    * PatchKernels.BLOCK;
        }
        return new Patches(taps, positions, channels * input.size(), outputs);
    }

    /// A dense layer.
    public static Patches dense(int inputs, int outputs) {
        int[] taps = new int[inputs];
        for (int t = 0; t < inputs; t++) {
            taps[t] = t * PatchKernels.BLOCK;
        }
        return new Patches(taps, new int[1], inputs, outputs);
    }

    /// Weights of one output.
    public int tapCount() {
        return taps.length;
    }

    /// Places at which each output is taken.
    public int positionCount() {
        return positions.length;
    }

    /// Outputs at one position.
    public int outputs() {
        return outputs;
    }

    /// Number of weights.
    public int weights() {
        return taps.length * outputs;
    }

    /// Values of a block of inputs.
    public int inputBlock() {
        return inputs * PatchKernels.BLOCK;
    }

    /// Values of a block of outputs: output by output, position by position.
    public int outputBlock() {
        return outputs * positions.length * PatchKernels.BLOCK;
    }
}
