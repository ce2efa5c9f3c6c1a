package weft.trainer.autoencoder;

import java.util.Arrays;
import weft.core.math.Gemm;
import weft.core.math.Logistic;

/// By our own kernels; the buffers grow with the largest batch.
final class VectorBackpropagation implements Backpropagation {
    private final Layers layers;
    private final Reconstruction reconstruction;
    private final float[][] outputs;
    private final float[][] deltas;
    private float[] widening = {};
    private float[] parameters = {};
    private float[] rows = {};
    private int n;

    VectorBackpropagation(Layers layers, Reconstruction reconstruction) {
        this.layers = layers;
        this.reconstruction = reconstruction;
        outputs = new float[layers.count()][0];
        deltas = new float[layers.count()][0];
    }

    @Override
    public double forward(float[] parameters, float[] rows, float[] targets, int n) {
        this.parameters = parameters;
        this.rows = rows;
        this.n = n;
        int last = layers.count() - 1;
        for (int layer = 0; layer <= last; layer++) {
            multiply(layer);
            if (layer < last) {
                rectify(outputs[layer], layers.biasesAt(layer), layers.outputs(layer));
            }
        }
        int columns = layers.outputs(last);
        long values = (long) n * columns;
        float share = (float) (reconstruction.slope() / values);
        return switch (reconstruction) {
            case PIXELS ->
                Logistic.crossEntropy(outputs[last], parameters, layers.biasesAt(last), targets, n, columns, share)
                        / values;
            case VECTORS -> squaredError(targets, share);
        };
    }

    private void multiply(int layer) {
        int inputs = layers.inputs(layer);
        int size = layers.outputs(layer);
        outputs[layer] = withRoom(outputs[layer], n * size);
        int weights = layers.weightsAt(layer);
        if (inputs >= size) {
            Gemm.dots(input(layer), 0, n, parameters, weights, size, inputs, outputs[layer]);
        } else {
            // Short dot products are mostly sums of lanes; along the outputs there are none.
            widening = withRoom(widening, inputs * size);
            Gemm.transpose(parameters, weights, size, inputs, size, widening);
            Gemm.product(input(layer), 0, n, widening, 0, size, inputs, outputs[layer]);
        }
    }

    private float[] input(int layer) {
        return layer == 0 ? rows : outputs[layer - 1];
    }

    private static float[] withRoom(float[] buffer, int length) {
        return buffer.length < length ? new float[length] : buffer;
    }

    private void rectify(float[] sums, int biases, int size) {
        for (int row = 0; row < n; row++) {
            int at = row * size;
            for (int j = 0; j < size; j++) {
                sums[at + j] = Math.max(0, sums[at + j] + parameters[biases + j]);
            }
        }
    }

    private double squaredError(float[] targets, float share) {
        int last = layers.count() - 1;
        int columns = layers.outputs(last);
        int biases = layers.biasesAt(last);
        float[] sums = outputs[last];
        double loss = 0;
        for (int row = 0; row < n; row++) {
            int at = row * columns;
            for (int j = 0; j < columns; j++) {
                float difference = sums[at + j] + parameters[biases + j] - targets[at + j];
                loss += (double) difference * difference;
                sums[at + j] = difference * share;
            }
        }
        return loss / ((double) n * columns);
    }

    @Override
    public void copyOutputs(int layer, float[] to) {
        System.arraycopy(outputs[layer], 0, to, 0, n * layers.outputs(layer));
    }

    @Override
    public void backward(float[] gradient) {
        float[] delta = outputs[layers.count() - 1];
        for (int layer = layers.count() - 1; layer >= 0; layer--) {
            int inputs = layers.inputs(layer);
            int size = layers.outputs(layer);
            Gemm.transposedProduct(delta, size, input(layer), inputs, n, gradient, layers.weightsAt(layer));
            sumRows(delta, size, gradient, layers.biasesAt(layer));
            if (layer > 0) {
                deltas[layer - 1] = withRoom(deltas[layer - 1], n * inputs);
                float[] below = deltas[layer - 1];
                Gemm.product(delta, 0, n, parameters, layers.weightsAt(layer), inputs, size, below);
                putOut(below, outputs[layer - 1], n * inputs);
                delta = below;
            }
        }
    }

    private void sumRows(float[] delta, int size, float[] gradient, int at) {
        Arrays.fill(gradient, at, at + size, 0);
        for (int row = 0; row < n; row++) {
            for (int j = 0; j < size; j++) {
                gradient[at + j] += delta[row * size + j];
            }
        }
    }

    /// Nothing goes back through a rectifier that let nothing through.
    private static void putOut(float[] below, float[] rectified, int values) {
        for (int i = 0; i < values; i++) {
            below[i] = rectified[i] > 0 ? below[i] : 0;
        }
    }
}
