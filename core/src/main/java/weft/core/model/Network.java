package weft.core.model;

import java.util.List;

/// Layers one after another; immutable, so any number of threads may use it, each with a [Pass] of its own.
///
/// @param layers at least one; the outputs of each fit the inputs of the next
public record Network(List<DenseLayer> layers) {
    public Network {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs a layer");
        }
        layers = List.copyOf(layers);
        for (int i = 1; i < layers.size(); i++) {
            if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
                throw new IllegalArgumentException(
                        "layer " + i + " takes " + layers.get(i).inputs() + " inputs, but the layer before it has "
                                + layers.get(i - 1).outputs() + " outputs");
            }
        }
    }

    public int inputs() {
        return layers.getFirst().inputs();
    }

    public int outputs() {
        return layers.getLast().outputs();
    }

    /// What the last layer does to its sums.
    public Activation output() {
        return layers.getLast().activation();
    }

    /// Buffers for forward passes of one thread.
    public Pass pass() {
        return new Pass(this);
    }

    /// Forward passes that allocate nothing an image; not for more than one thread.
    public static final class Pass {
        private final List<DenseLayer> layers;
        private final List<DenseLayer.Pass> passes;
        private final float[][] outputs;

        private Pass(Network network) {
            layers = network.layers;
            passes = layers.stream().map(DenseLayer::pass).toList();
            outputs = new float[layers.size()][];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = new float[layers.get(i).outputs()];
            }
        }

        /// The output for the inputs that start at `offset`, in a buffer that the next call overwrites.
        public float[] run(float[] x, int offset) {
            passes.getFirst().apply(x, offset, outputs[0]);
            for (int i = 1; i < outputs.length; i++) {
                passes.get(i).apply(outputs[i - 1], 0, outputs[i]);
            }
            return outputs[outputs.length - 1];
        }

        /// The outputs for `n` rows of inputs into `to`; the buffers grow with the largest block.
        public void run(float[] x, int n, float[] to) {
            float[] inputs = x;
            for (int i = 0; i < outputs.length; i++) {
                DenseLayer layer = layers.get(i);
                float[] result = to;
                if (i < outputs.length - 1) {
                    if (outputs[i].length < n * layer.outputs()) {
                        outputs[i] = new float[n * layer.outputs()];
                    }
                    result = outputs[i];
                }
                passes.get(i).applyToRows(inputs, n, result);
                inputs = result;
            }
        }
    }
}
