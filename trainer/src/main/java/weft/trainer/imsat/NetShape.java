package weft.trainer.imsat;

import weft.core.image.Shape;
import weft.core.math.BatchNorm;
import weft.core.math.Patches;
import weft.core.math.Plane;

/// The layers of one network, and where the parameters of each stand in one flat array.
///
/// Convolutions 5 x 5 (8), 3 x 3 (16) and 3 x 3 (32), all with stride 2, and a dense layer of 128; each has batch
/// normalisation and ReLU. Then two heads in one layer: K outputs, and [#OVER] K. Outputs beyond them are there to
/// fill a vector; they have no weight and never get any.
final class NetShape {
    /// Clusters of the over-clustering head for each one of the other.
    static final int OVER = 4;

    private static final int[] KERNELS = {5, 3, 3};
    private static final int[] CHANNELS = {8, 16, 32};
    private static final int DENSE = 128;

    final int k;
    final Shape.Image image;
    final Plane input;
    final Patches[] layers = new Patches[CHANNELS.length + 1];
    final BatchNorm[] norms = new BatchNorm[layers.length];
    final int[] weightsAt = new int[layers.length];
    final int[] normsAt = new int[layers.length];

    /// Where each layer's means stand in the flat array of running moments; its variances follow.
    final int[] momentsAt = new int[layers.length];

    final Patches heads;
    final int headsAt;
    final int biasAt;
    final int parameters;
    final int moments;

    NetShape(Shape.Image image, int k) {
        this.k = k;
        this.image = image;
        input = new Plane(image.width(), image.height(), KERNELS[0] / 2);
        int at = 0;
        int moment = 0;
        Plane plane = input;
        int channels = image.channels();
        for (int i = 0; i < layers.length; i++) {
            boolean convolution = i < CHANNELS.length;
            int outputs = convolution ? CHANNELS[i] : DENSE;
            layers[i] = convolution
                    ? Patches.convolution(plane, channels, KERNELS[i], 2, outputs)
                    : Patches.dense(channels * plane.size(), outputs);
            Plane next = new Plane(1, 1, 0);
            if (convolution) {
                int columns = (plane.width() - KERNELS[i]) / 2 + 1;
                int border = i + 1 < CHANNELS.length ? KERNELS[i + 1] / 2 : 0;
                next = new Plane(columns, layers[i].positionCount() / columns, border);
            }
            norms[i] = new BatchNorm(outputs, next);
            weightsAt[i] = at;
            normsAt[i] = at + layers[i].weights();
            at = normsAt[i] + 2 * outputs;
            momentsAt[i] = moment;
            moment += 2 * outputs;
            plane = next;
            channels = outputs;
        }
        heads = Patches.dense(DENSE, (k * (1 + OVER) + 7) / 8 * 8);
        headsAt = at;
        biasAt = at + heads.weights();
        parameters = biasAt + heads.outputs();
        moments = moment;
    }

    /// Outputs of both heads.
    int outputs() {
        return k * (1 + OVER);
    }
}
