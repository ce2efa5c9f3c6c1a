package weft.trainer.imsat;

import java.util.ArrayList;
import java.util.List;
import weft.core.math.BatchNorm;
import weft.core.math.Matrix;
import weft.core.math.Patches;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.ConvolutionLayer;
import weft.core.model.DenseLayer;
import weft.core.model.ImageNetwork;
import weft.core.model.Network;

/// Turns a network that learns into one that answers: batch normalisation, by its running moments, becomes part of
/// the weights, and the over-clustering head is left out.
final class Folding {
    private final NetShape shape;
    private final float[] parameters;
    private final float[] moments;

    private final int[] order;

    private Folding(NetShape shape, float[] parameters, float[] moments, int[] order) {
        this.shape = shape;
        this.parameters = parameters;
        this.moments = moments;
        this.order = order;
    }

    /// @param order for each output the cluster that it answers for
    static ImageNetwork fold(NetShape shape, float[] parameters, float[] moments, int[] order) {
        return new Folding(shape, parameters, moments, order).network();
    }

    private ImageNetwork network() {
        List<ConvolutionLayer> convolutions = new ArrayList<>();
        int last = shape.layers.length - 1;
        int channels = shape.image.channels();
        for (int i = 0; i < last; i++) {
            int kernel = (int) Math.round(Math.sqrt((double) shape.layers[i].tapCount() / channels));
            convolutions.add(convolution(i, channels, kernel));
            channels = shape.layers[i].outputs();
        }
        return new ImageNetwork(
                shape.image,
                convolutions,
                new Network(List.of(hidden(last, channels), head(shape.layers[last].outputs()))));
    }

    /// Taps of a layer stand channel by channel there, channels last here.
    private ConvolutionLayer convolution(int i, int channels, int kernel) {
        Patches layer = shape.layers[i];
        int outputs = layer.outputs();
        int places = kernel * kernel;
        float[] weights = new float[layer.weights()];
        for (int place = 0; place < places; place++) {
            for (int c = 0; c < channels; c++) {
                for (int o = 0; o < outputs; o++) {
                    weights[(place * channels + c) * outputs + o] =
                            (float) (scale(i, o) * parameters[shape.weightsAt[i] + (c * places + place) * outputs + o]);
                }
            }
        }
        double[] bias = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            bias[o] = bias(i, o);
        }
        return new ConvolutionLayer(kernel, channels, Matrix.of(layer.tapCount(), outputs, weights), Vector.of(bias));
    }

    private DenseLayer hidden(int i, int channels) {
        Patches layer = shape.layers[i];
        int inputs = layer.tapCount();
        int places = inputs / channels;
        float[] weights = new float[layer.weights()];
        float[] bias = new float[layer.outputs()];
        for (int o = 0; o < layer.outputs(); o++) {
            for (int place = 0; place < places; place++) {
                for (int c = 0; c < channels; c++) {
                    weights[o * inputs + place * channels + c] = (float)
                            (scale(i, o) * parameters[shape.weightsAt[i] + (c * places + place) * layer.outputs() + o]);
                }
            }
            bias[o] = (float) bias(i, o);
        }
        return new DenseLayer(Matrix.of(layer.outputs(), inputs, weights), bias, Activation.RELU);
    }

    private DenseLayer head(int inputs) {
        int outputs = shape.heads.outputs();
        float[] weights = new float[shape.k * inputs];
        float[] bias = new float[shape.k];
        for (int o = 0; o < shape.k; o++) {
            for (int i = 0; i < inputs; i++) {
                weights[o * inputs + i] = parameters[shape.headsAt + i * outputs + order[o]];
            }
            bias[o] = parameters[shape.biasAt + order[o]];
        }
        return new DenseLayer(Matrix.of(shape.k, inputs, weights), bias, Activation.IDENTITY);
    }

    private double scale(int i, int o) {
        float variance = moments[shape.momentsAt[i] + shape.norms[i].channels() + o];
        return parameters[shape.normsAt[i] + o] / Math.sqrt(variance + BatchNorm.EPSILON);
    }

    private double bias(int i, int o) {
        int channels = shape.norms[i].channels();
        return parameters[shape.normsAt[i] + channels + o] - scale(i, o) * moments[shape.momentsAt[i] + o];
    }
}
