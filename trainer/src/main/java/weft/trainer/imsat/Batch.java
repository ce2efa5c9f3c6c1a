package weft.trainer.imsat;

import weft.core.math.PatchKernels;
import weft.core.math.Patches;

/// Buffers of one batch in one network: what each layer takes and gives, forwards and backwards.
final class Batch {
    final int blocks;

    /// What each layer takes, the heads last; the first are the images, with their border.
    final float[][] inputs;

    /// What each layer gives before it is normalised; the last are the outputs of the heads.
    final float[][] sums;

    final float[][] means;
    final float[][] variances;

    /// Gradients of [#sums].
    final float[][] gradients;

    /// Gradients of [#inputs]; of the images there is none.
    final float[][] inputGradients;

    /// @param images a multiple of [PatchKernels#BLOCK]
    Batch(NetShape shape, int images) {
        if (images % PatchKernels.BLOCK != 0) {
            throw new IllegalArgumentException(images + " images do not fill blocks of " + PatchKernels.BLOCK);
        }
        blocks = images / PatchKernels.BLOCK;
        int layers = shape.layers.length + 1;
        inputs = new float[layers][];
        sums = new float[layers][];
        means = new float[layers - 1][];
        variances = new float[layers - 1][];
        gradients = new float[layers][];
        inputGradients = new float[layers][];
        for (int i = 0; i < layers; i++) {
            Patches layer = i < layers - 1 ? shape.layers[i] : shape.heads;
            inputs[i] = new float[blocks * layer.inputBlock()];
            sums[i] = new float[blocks * layer.outputBlock()];
            gradients[i] = new float[sums[i].length];
            inputGradients[i] = new float[i == 0 ? 0 : inputs[i].length];
            if (i < layers - 1) {
                means[i] = new float[shape.norms[i].channels()];
                variances[i] = new float[shape.norms[i].channels()];
            }
        }
    }

    /// Number of images.
    int images() {
        return blocks * PatchKernels.BLOCK;
    }

    /// Where output `o` of an image stands in the last of [#sums].
    static int outputAt(NetShape shape, int image, int o) {
        return (image / PatchKernels.BLOCK * shape.heads.outputs() + o) * PatchKernels.BLOCK
                + image % PatchKernels.BLOCK;
    }
}
