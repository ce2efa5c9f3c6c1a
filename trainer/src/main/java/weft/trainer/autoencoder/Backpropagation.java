package weft.trainer.autoencoder;

import java.util.List;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinearDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/// The network and its gradient: rectified layers, the last one and the loss as the [Reconstruction] has them.
///
/// Each result goes into a buffer that is there already, so that native memory does not grow.
final class Backpropagation {
    private final List<Integer> sizes;
    private final Reconstruction reconstruction;
    private final FlatLayers parameters;
    private final FlatLayers gradient;
    private Batch largest;
    private Batch batch;
    private float[] logits;
    private float[] probabilities;

    Backpropagation(List<Integer> sizes, Reconstruction reconstruction) {
        this.sizes = sizes;
        this.reconstruction = reconstruction;
        parameters = FlatLayers.zeros(sizes);
        gradient = FlatLayers.zeros(sizes);
        largest = Batch.allocate(1, sizes);
        batch = largest;
        logits = new float[batch.output().columns()];
        probabilities = new float[logits.length];
    }

    FlatLayers parameters() {
        return parameters;
    }

    /// As the last [#backward] left it.
    FlatLayers gradient() {
        return gradient;
    }

    /// Runs `n` rows through the network and says their mean loss against the targets.
    double forward(float[] rows, float[] targets, int n) {
        resize(n);
        Floats.copy(rows, batch.input());
        Floats.copy(targets, batch.target());
        int last = parameters.count() - 1;
        for (int i = 0; i < last; i++) {
            INDArray sums = sums(i);
            Nd4j.exec(new RectifiedLinear(sums, sums, 0));
        }
        INDArray output = sums(last);
        Floats.copy(output, logits);
        int values = Math.toIntExact(output.length());
        return switch (reconstruction) {
            case PIXELS -> {
                Nd4j.exec(new Sigmoid(output, output));
                Floats.copy(output, probabilities);
                yield BinaryCrossEntropy.mean(logits, probabilities, targets, values);
            }
            case VECTORS -> squaredError(logits, targets, values);
        };
    }

    private static double squaredError(float[] outputs, float[] targets, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double difference = (double) outputs[i] - targets[i];
            sum += difference * difference;
        }
        return sum / n;
    }

    /// Copies what layer `layer` made of the rows of the last [#forward].
    void copyOutputs(int layer, float[] to) {
        Floats.copy(batch.values().get(layer + 1), to);
    }

    /// Takes the gradient of the last [#forward]'s loss, once, for it overwrites the outputs.
    void backward() {
        double share = reconstruction.slope() / batch.output().length();
        INDArray delta = batch.output().subi(batch.target());
        for (int i = parameters.count() - 1; i >= 0; i--) {
            INDArray inputs = batch.values().get(i);
            multiply(delta, true, inputs, false, share, gradient.weights().get(i));
            multiply(batch.ones(), false, delta, false, share, gradient.biases().get(i));
            if (i > 0) {
                INDArray below = batch.deltas().get(i - 1);
                multiply(delta, false, parameters.weights().get(i), false, 1, below);
                Nd4j.exec(new RectifiedLinearDerivative(inputs, below, below));
                delta = below;
            }
        }
    }

    private INDArray sums(int layer) {
        INDArray sums = batch.values().get(layer + 1);
        multiply(batch.values().get(layer), false, parameters.weights().get(layer), true, 1, sums);
        return sums.addi(parameters.biases().get(layer));
    }

    private void resize(int n) {
        if (n > largest.rows()) {
            largest = Batch.allocate(n, sizes);
            logits = new float[Math.toIntExact(largest.output().length())];
            probabilities = new float[logits.length];
        }
        if (n != batch.rows()) {
            batch = largest.first(n);
        }
    }

    private static void multiply(
            INDArray a, boolean transposeA, INDArray b, boolean transposeB, double factor, INDArray result) {
        MMulTranspose transpose = MMulTranspose.builder()
                .transposeA(transposeA)
                .transposeB(transposeB)
                .build();
        Nd4j.exec(new Mmul(a, b, result, factor, 0, transpose));
    }
}
