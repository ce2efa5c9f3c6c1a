package weft.trainer.imsat;

import weft.core.image.Shape;

/// The network in plain loops and doubles, forwards and backwards: what the kernels are measured against.
///
/// Parameters stand as in [NetShape]; images are planes without a border, and each place has the values of all images
/// one after the other, so that the loop over them is a fast one.
final class DoubleNet {
    private static final int[] KERNELS = {5, 3, 3};
    private static final double EPSILON = 1e-5f;

    private final NetShape shape;
    final double[] parameters;
    final double[] gradient;
    private final int n;
    private final double[][] inputs = new double[5][];
    private final double[][] normal = new double[4][];
    private final double[][] deviations = new double[4][];
    double[] outputs = new double[0];

    DoubleNet(NetShape shape, double[] parameters, int n) {
        this.shape = shape;
        this.parameters = parameters;
        this.n = n;
        gradient = new double[parameters.length];
    }

    /// Input planes of a layer: channels, height, width.
    private int[] size(int layer) {
        int width = shape.image.width();
        int height = shape.image.height();
        int channels = shape.image.channels();
        for (int i = 0; i < layer; i++) {
            width = (width - 1) / 2 + 1;
            height = (height - 1) / 2 + 1;
            channels = shape.norms[i].channels();
        }
        return new int[] {channels, height, width};
    }

    /// Calls for every product of a weight and an input: output place, weight, input place.
    private interface Product {
        void at(int output, int weight, int input);
    }

    private void products(int layer, Product product) {
        int outs = layer < 4 ? shape.layers[layer].outputs() : shape.heads.outputs();
        int at = layer < 4 ? shape.weightsAt[layer] : shape.headsAt;
        if (layer >= 3) {
            int ins = layer == 3 ? shape.layers[3].tapCount() : shape.heads.tapCount();
            for (int o = 0; o < outs; o++) {
                for (int i = 0; i < ins; i++) {
                    product.at(o, at + i * outs + o, i);
                }
            }
            return;
        }
        int[] in = size(layer);
        int[] out = size(layer + 1);
        int kernel = KERNELS[layer];
        for (int o = 0; o < outs; o++) {
            for (int y = 0; y < out[1]; y++) {
                for (int x = 0; x < out[2]; x++) {
                    for (int c = 0; c < in[0]; c++) {
                        for (int i = 0; i < kernel * kernel; i++) {
                            int fromY = 2 * y + i / kernel - kernel / 2;
                            int fromX = 2 * x + i % kernel - kernel / 2;
                            if (fromY >= 0 && fromX >= 0 && fromY < in[1] && fromX < in[2]) {
                                product.at(
                                        (o * out[1] + y) * out[2] + x,
                                        at + (c * kernel * kernel + i) * outs + o,
                                        (c * in[1] + fromY) * in[2] + fromX);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Values of a channel in a layer's output, those of all images; they stand together.
    private int channelSize(int layer) {
        return layer < 3 ? n * size(layer + 1)[1] * size(layer + 1)[2] : n;
    }

    /// Answers for every image.
    ///
    /// @param moments running ones to normalise by, as in [NetShape]; empty for the batch's own
    /// @return images x outputs
    double[] forward(double[] images, float[] moments) {
        inputs[0] = images;
        for (int layer = 0; layer < 4; layer++) {
            int channels = shape.norms[layer].channels();
            int size = channelSize(layer);
            double[] y = new double[channels * size];
            double[] x = inputs[layer];
            products(layer, (output, weight, input) -> multiply(parameters[weight], x, input, y, output));
            normal[layer] = new double[y.length];
            deviations[layer] = new double[channels];
            inputs[layer + 1] = new double[y.length];
            for (int c = 0; c < channels; c++) {
                double mean = 0;
                double square = 0;
                for (int i = c * size; i < (c + 1) * size; i++) {
                    mean += y[i] / size;
                }
                for (int i = c * size; i < (c + 1) * size; i++) {
                    square += (y[i] - mean) * (y[i] - mean) / size;
                }
                if (moments.length > 0) {
                    mean = moments[shape.momentsAt[layer] + c];
                    square = moments[shape.momentsAt[layer] + channels + c];
                }
                deviations[layer][c] = Math.sqrt(square + EPSILON);
                for (int i = c * size; i < (c + 1) * size; i++) {
                    normal[layer][i] = (y[i] - mean) / deviations[layer][c];
                    inputs[layer + 1][i] = Math.max(
                            0,
                            parameters[shape.normsAt[layer] + c] * normal[layer][i]
                                    + parameters[shape.normsAt[layer] + channels + c]);
                }
            }
        }
        int outs = shape.heads.outputs();
        double[] sums = new double[n * outs];
        products(4, (output, weight, input) -> multiply(parameters[weight], inputs[4], input, sums, output));
        double[] z = new double[sums.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = sums[i % outs * n + i / outs] + parameters[shape.biasAt + i % outs];
        }
        outputs = z;
        return z;
    }

    /// `y += w x` for one place of every image.
    private void multiply(double w, double[] x, int input, double[] y, int output) {
        for (int image = 0; image < n; image++) {
            y[output * n + image] += w * x[input * n + image];
        }
    }

    /// Adds the gradient for that of the outputs.
    void backward(double[] outputGradient) {
        int outs = shape.heads.outputs();
        double[] dy = new double[outputGradient.length];
        for (int i = 0; i < outputGradient.length; i++) {
            gradient[shape.biasAt + i % outs] += outputGradient[i];
            dy[i % outs * n + i / outs] = outputGradient[i];
        }
        for (int layer = 4; layer >= 0; layer--) {
            double[] x = inputs[layer];
            double[] dx = new double[x.length];
            double[] d = dy;
            products(layer, (output, weight, input) -> {
                double sum = 0;
                for (int image = 0; image < n; image++) {
                    sum += d[output * n + image] * x[input * n + image];
                }
                gradient[weight] += sum;
                multiply(parameters[weight], d, output, dx, input);
            });
            if (layer > 0) {
                dy = norm(layer - 1, dx);
            }
        }
    }

    private double[] norm(int layer, double[] dz) {
        int channels = shape.norms[layer].channels();
        int size = channelSize(layer);
        double[] dy = new double[dz.length];
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double product = 0;
            for (int i = c * size; i < (c + 1) * size; i++) {
                dy[i] = inputs[layer + 1][i] > 0 ? dz[i] : 0;
                sum += dy[i];
                product += dy[i] * normal[layer][i];
            }
            gradient[shape.normsAt[layer] + c] += product;
            gradient[shape.normsAt[layer] + channels + c] += sum;
            double gain = parameters[shape.normsAt[layer] + c] / deviations[layer][c];
            for (int i = c * size; i < (c + 1) * size; i++) {
                dy[i] = gain * (dy[i] - (sum + normal[layer][i] * product) / size);
            }
        }
        return dy;
    }

    /// The images of a batch without their borders.
    static double[] images(NetShape shape, Batch batch) {
        Shape.Image image = shape.image;
        int[] inner = shape.input.inner();
        int n = batch.images();
        double[] planes = new double[n * image.values()];
        int block = shape.layers[0].inputBlock();
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < image.channels(); c++) {
                for (int place = 0; place < inner.length; place++) {
                    planes[(c * inner.length + place) * n + i] =
                            batch.inputs[0][i / 32 * block + (c * shape.input.size() + inner[place]) * 32 + i % 32];
                }
            }
        }
        return planes;
    }
}
