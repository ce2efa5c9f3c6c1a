package weft.trainer.imsat;

import java.util.Arrays;
import java.util.SplittableRandom;
import weft.core.math.BatchNorm;
import weft.core.math.PatchGradients;
import weft.core.math.PatchKernels;
import weft.core.math.Patches;

/// One network that learns: its parameters, their gradient, and passes of batches through it.
///
/// Layout of batches: blocks of [PatchKernels#BLOCK] images.
final class Net {
    /// Share of a new batch in the running moments.
    private static final float MOMENTUM = .1f;

    final NetShape shape;
    final float[] parameters;
    final float[] gradient;

    /// Running means and variances of every layer, as [NetShape#momentsAt] says.
    final float[] moments;

    private final float[][] transposed;

    Net(NetShape shape, float[] parameters, float[] moments) {
        this.shape = shape;
        this.parameters = parameters;
        this.moments = moments;
        gradient = new float[parameters.length];
        transposed = new float[shape.layers.length + 1][];
        for (int i = 1; i < transposed.length; i++) {
            transposed[i] = new float[layer(i).weights()];
        }
    }

    /// A network to start from: weights and biases uniform within `1 / sqrt(inputs)`, gains 1, shifts 0.
    static Net start(NetShape shape, SplittableRandom random) {
        float[] parameters = new float[shape.parameters];
        float[] moments = new float[shape.moments];
        for (int i = 0; i < shape.layers.length; i++) {
            double bound = 1 / Math.sqrt(shape.layers[i].tapCount());
            for (int j = shape.weightsAt[i]; j < shape.normsAt[i]; j++) {
                parameters[j] = (float) random.nextDouble(-bound, bound);
            }
            int channels = shape.norms[i].channels();
            Arrays.fill(parameters, shape.normsAt[i], shape.normsAt[i] + channels, 1);
            Arrays.fill(moments, shape.momentsAt[i] + channels, shape.momentsAt[i] + 2 * channels, 1);
        }
        double bound = 1 / Math.sqrt(shape.heads.tapCount());
        for (int row = 0; row <= shape.heads.tapCount(); row++) {
            for (int o = 0; o < shape.outputs(); o++) {
                parameters[shape.headsAt + row * shape.heads.outputs() + o] = (float) random.nextDouble(-bound, bound);
            }
        }
        return new Net(shape, parameters, moments);
    }

    private Patches layer(int i) {
        return i < shape.layers.length ? shape.layers[i] : shape.heads;
    }

    private int weightsAt(int i) {
        return i < shape.layers.length ? shape.weightsAt[i] : shape.headsAt;
    }

    /// Runs a batch through the network, normalised by its own moments, which the running ones follow.
    void forward(Batch batch) {
        for (int i = 0; i < shape.layers.length; i++) {
            BatchNorm norm = shape.norms[i];
            PatchKernels.forward(
                    shape.layers[i], batch.blocks, batch.inputs[i], parameters, shape.weightsAt[i], -1, batch.sums[i]);
            norm.moments(batch.sums[i], batch.blocks, batch.means[i], batch.variances[i]);
            norm.forward(
                    batch.sums[i],
                    batch.blocks,
                    batch.means[i],
                    batch.variances[i],
                    parameters,
                    shape.normsAt[i],
                    batch.inputs[i + 1]);
            follow(i, batch);
        }
        int last = shape.layers.length;
        PatchKernels.forward(
                shape.heads,
                batch.blocks,
                batch.inputs[last],
                parameters,
                shape.headsAt,
                shape.biasAt,
                batch.sums[last]);
    }

    private void follow(int i, Batch batch) {
        int channels = shape.norms[i].channels();
        int n = shape.norms[i].values(batch.blocks);
        float unbiased = (float) n / (n - 1);
        int at = shape.momentsAt[i];
        for (int c = 0; c < channels; c++) {
            moments[at + c] += MOMENTUM * (batch.means[i][c] - moments[at + c]);
            moments[at + channels + c] += MOMENTUM * (unbiased * batch.variances[i][c] - moments[at + channels + c]);
        }
    }

    /// Gets ready for [#backward] with the parameters as they are now.
    void clearGradient() {
        Arrays.fill(gradient, 0);
        for (int i = 1; i < transposed.length; i++) {
            Patches layer = layer(i);
            int at = weightsAt(i);
            float[] target = transposed[i];
            for (int t = 0; t < layer.tapCount(); t++) {
                for (int o = 0; o < layer.outputs(); o++) {
                    target[o * layer.tapCount() + t] = parameters[at + t * layer.outputs() + o];
                }
            }
        }
    }

    /// Adds the gradient of a batch that went [#forward]; the gradient of its outputs stands in the last of
    /// [Batch#gradients].
    void backward(Batch batch) {
        int last = shape.layers.length;
        float[] outputs = batch.gradients[last];
        for (int row = 0; row < batch.blocks * shape.heads.outputs(); row++) {
            float sum = 0;
            for (int i = row * PatchKernels.BLOCK; i < (row + 1) * PatchKernels.BLOCK; i++) {
                sum += outputs[i];
            }
            gradient[shape.biasAt + row % shape.heads.outputs()] += sum;
        }
        for (int i = last; i >= 0; i--) {
            if (i < last) {
                shape.norms[i].backward(
                        batch.sums[i],
                        batch.blocks,
                        batch.means[i],
                        batch.variances[i],
                        parameters,
                        shape.normsAt[i],
                        batch.inputs[i + 1],
                        batch.inputGradients[i + 1],
                        gradient,
                        batch.gradients[i]);
            }
            PatchGradients.ofWeights(
                    layer(i), batch.blocks, batch.inputs[i], batch.gradients[i], gradient, weightsAt(i));
            if (i > 0) {
                Arrays.fill(batch.inputGradients[i], 0);
                PatchGradients.ofInputs(
                        layer(i), batch.blocks, batch.gradients[i], transposed[i], batch.inputGradients[i]);
            }
        }
    }
}
