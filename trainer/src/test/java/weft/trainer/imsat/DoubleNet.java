package weft.trainer.imsat;

import weft.core.image.Shape;

/// The network in plain loops and doubles, forwards and backwards: what the kernels are measured against.
///
/// Parameters stand as in [NetShape]; images are planes without a border, one image after the other.
final class DoubleNet {
    private static final int[] KERNELS = {5, 3, 3};
    private static final double EPSILON = 1e-5f;

    private final NetShape shape;
    final double[] parameters;
    final double[] gradient;
    private final int n;
    private final double[][] inputs = new double[5][];
    private final double[][] sums = new double[4][];
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
            for (int image = 0; image < n; image++) {
                for (int o = 0; o < outs; o++) {
                    for (int i = 0; i < ins; i++) {
                        product.at(image * outs + o, at + i * outs + o, image * ins + i);
                    }
                }
            }
            return;
        }
        int[] in = size(layer);
        int[] out = size(layer + 1);
        int kernel = KERNELS[layer];
        for (int image = 0; image < n; image++) {
            for (int o = 0; o < outs; o++) {
                for (int y = 0; y < out[1]; y++) {
                    for (int x = 0; x < out[2]; x++) {
                        int output = ((image * outs + o) * out[1] + y) * out[2] + x;
                        for (int c = 0; c < in[0]; c++) {
                            for (int i = 0; i < kernel * kernel; i++) {
                                int fromY = 2 * y + i / kernel - kernel / 2;
                                int fromX = 2 * x + i % kernel - kernel / 2;
                                if (fromY >= 0 && fromX >= 0 && fromY < in[1] && fromX < in[2]) {
                                    product.at(
                                            output,
                                            at + (c * kernel * kernel + i) * outs + o,
                                            ((image * in[0] + c) * in[1] + fromY) * in[2] + fromX);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Where the values of one channel stand in a layer's output.
    private int[] places(int c, int channels, int places) {
        int[] all = new int[n * places];
        for (int i = 0; i < all.length; i++) {
            all[i] = (i / places * channels + c) * places + i % places;
        }
        return all;
    }

    /// @param moments running ones to normalise by, as in [NetShape]; empty for the batch's own
    double[] forward(double[] images, float[] moments) {
        inputs[0] = images;
        for (int layer = 0; layer < 4; layer++) {
            int channels = shape.norms[layer].channels();
            int places = layer < 3 ? size(layer + 1)[1] * size(layer + 1)[2] : 1;
            double[] y = new double[n * channels * places];
            double[] x = inputs[layer];
            products(layer, (output, weight, input) -> y[output] += parameters[weight] * x[input]);
            sums[layer] = y;
            normal[layer] = new double[y.length];
            deviations[layer] = new double[channels];
            inputs[layer + 1] = new double[y.length];
            for (int c = 0; c < channels; c++) {
                double mean = 0;
                double square = 0;
                int[] channel = places(c, channels, places);
                for (int i : channel) {
                    mean += y[i] / (n * places);
                }
                for (int i : channel) {
                    square += (y[i] - mean) * (y[i] - mean) / (n * places);
                }
                if (moments.length > 0) {
                    mean = moments[shape.momentsAt[layer] + c];
                    square = moments[shape.momentsAt[layer] + channels + c];
                }
                deviations[layer][c] = Math.sqrt(square + EPSILON);
                for (int i : channel) {
                    normal[layer][i] = (y[i] - mean) / deviations[layer][c];
                    inputs[layer + 1][i] = Math.max(
                            0,
                            parameters[shape.normsAt[layer] + c] * normal[layer][i]
                                    + parameters[shape.normsAt[layer] + channels + c]);
                }
            }
        }
        double[] z = new double[n * shape.heads.outputs()];
        for (int i = 0; i < z.length; i++) {
            z[i] = parameters[shape.biasAt + i % shape.heads.outputs()];
        }
        double[] last = inputs[4];
        products(4, (output, weight, input) -> z[output] += parameters[weight] * last[input]);
        outputs = z;
        return z;
    }

    /// Adds the gradient for that of the outputs.
    void backward(double[] outputGradient) {
        for (int i = 0; i < outputGradient.length; i++) {
            gradient[shape.biasAt + i % shape.heads.outputs()] += outputGradient[i];
        }
        double[] dy = outputGradient;
        for (int layer = 4; layer >= 0; layer--) {
            double[] x = inputs[layer];
            double[] dx = new double[x.length];
            double[] d = dy;
            products(layer, (output, weight, input) -> {
                gradient[weight] += d[output] * x[input];
                dx[input] += d[output] * parameters[weight];
            });
            if (layer > 0) {
                dy = norm(layer - 1, dx);
            }
        }
    }

    private double[] norm(int layer, double[] dz) {
        int channels = shape.norms[layer].channels();
        int places = layer < 3 ? size(layer + 1)[1] * size(layer + 1)[2] : 1;
        double[] dy = new double[dz.length];
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double product = 0;
            int[] channel = places(c, channels, places);
            for (int i : channel) {
                dy[i] = inputs[layer + 1][i] > 0 ? dz[i] : 0;
                sum += dy[i];
                product += dy[i] * normal[layer][i];
            }
            gradient[shape.normsAt[layer] + c] += product;
            gradient[shape.normsAt[layer] + channels + c] += sum;
            double gain = parameters[shape.normsAt[layer] + c] / deviations[layer][c];
            for (int i : channel) {
                dy[i] = gain * (dy[i] - (sum + normal[layer][i] * product) / (n * places));
            }
        }
        return dy;
    }

    /// The images of a batch without their borders.
    static double[] images(NetShape shape, Batch batch) {
        Shape.Image image = shape.image;
        int[] inner = shape.input.inner();
        double[] planes = new double[batch.images() * image.values()];
        int block = shape.layers[0].inputBlock();
        for (int i = 0; i < batch.images(); i++) {
            for (int c = 0; c < image.channels(); c++) {
                for (int place = 0; place < inner.length; place++) {
                    planes[(i * image.channels() + c) * inner.length + place] =
                            batch.inputs[0][i / 32 * block + (c * shape.input.size() + inner[place]) * 32 + i % 32];
                }
            }
        }
        return planes;
    }
}
