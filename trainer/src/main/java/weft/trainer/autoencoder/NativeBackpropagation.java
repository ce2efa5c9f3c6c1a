package weft.trainer.autoencoder;

import java.util.List;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinearDerivative;
import org.nd4j.linalg.factory.Nd4j;
import weft.core.math.Logistic;

/// On ND4J, whose blocked matrix products win where layers are large.
///
/// Each result goes into a buffer that is there already, so that native memory does not grow.
final class NativeBackpropagation implements Backpropagation {
    private final List<Integer> sizes;
    private final Reconstruction reconstruction;
    private final FlatLayers parameters;
    private final FlatLayers gradient;
    private Batch largest;
    private Batch batch;
    private float[] sums;
    private final float[] noBiases;

    NativeBackpropagation(Layers layers, Reconstruction reconstruction) {
        Nd4jSetup.ensure();
        sizes = layers.sizes();
        this.reconstruction = reconstruction;
        parameters = FlatLayers.zeros(layers);
        gradient = FlatLayers.zeros(layers);
        largest = Batch.allocate(1, sizes);
        batch = largest;
        sums = new float[sizes.getLast()];
        noBiases = new float[sizes.getLast()];
    }

    @Override
    public double forward(float[] now, float[] rows, float[] targets, int n) {
        resize(n);
        Floats.copy(now, parameters.vector());
        Floats.copy(rows, batch.input());
        int last = parameters.count() - 1;
        for (int i = 0; i < last; i++) {
            INDArray hidden = sums(i);
            Nd4j.exec(new RectifiedLinear(hidden, hidden, 0));
        }
        INDArray output = sums(last);
        Floats.copy(output, sums);
        int values = Math.toIntExact(output.length());
        float share = (float) (reconstruction.slope() / values);
        double loss = switch (reconstruction) {
            case PIXELS -> Logistic.crossEntropy(sums, noBiases, 0, targets, n, sizes.getLast(), share) / values;
            case VECTORS -> squaredError(targets, values, share);
        };
        Floats.copy(sums, output);
        return loss;
    }

    private double squaredError(float[] targets, int n, float share) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            float difference = sums[i] - targets[i];
            sum += (double) difference * difference;
            sums[i] = difference * share;
        }
        return sum / n;
    }

    @Override
    public void copyOutputs(int layer, float[] to) {
        Floats.copy(batch.values().get(layer + 1), to);
    }

    @Override
    public void backward(float[] to) {
        INDArray delta = batch.output();
        for (int i = parameters.count() - 1; i >= 0; i--) {
            INDArray inputs = batch.values().get(i);
            multiply(delta, true, inputs, false, gradient.weights().get(i));
            multiply(batch.ones(), false, delta, false, gradient.biases().get(i));
            if (i > 0) {
                INDArray below = batch.deltas().get(i - 1);
                multiply(delta, false, parameters.weights().get(i), false, below);
                Nd4j.exec(new RectifiedLinearDerivative(inputs, below, below));
                delta = below;
            }
        }
        Floats.copy(gradient.vector(), to);
    }

    private INDArray sums(int layer) {
        INDArray sum = batch.values().get(layer + 1);
        multiply(batch.values().get(layer), false, parameters.weights().get(layer), true, sum);
        return sum.addi(parameters.biases().get(layer));
    }

    private void resize(int n) {
        if (n > largest.rows()) {
            largest = Batch.allocate(n, sizes);
            sums = new float[Math.toIntExact(largest.output().length())];
        }
        if (n != batch.rows()) {
            batch = largest.first(n);
        }
    }

    private static void multiply(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray result) {
        MMulTranspose transpose = MMulTranspose.builder()
                .transposeA(transposeA)
                .transposeB(transposeB)
                .build();
        Nd4j.exec(new Mmul(a, b, result, 1, 0, transpose));
    }
}
