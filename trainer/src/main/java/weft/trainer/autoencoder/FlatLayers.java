package weft.trainer.autoencoder;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// One flat vector, and each layer's weights (outputs x inputs) and biases (1 x outputs) as views of it.
record FlatLayers(INDArray vector, List<INDArray> weights, List<INDArray> biases) {
    FlatLayers {
        weights = List.copyOf(weights);
        biases = List.copyOf(biases);
    }

    /// A vector of zeros for the layers between these sizes.
    static FlatLayers zeros(List<Integer> sizes) {
        INDArray vector = Nd4j.create(DataType.FLOAT, length(sizes));
        List<INDArray> weights = new ArrayList<>();
        List<INDArray> biases = new ArrayList<>();
        long at = 0;
        for (int i = 1; i < sizes.size(); i++) {
            long inputs = sizes.get(i - 1);
            long outputs = sizes.get(i);
            weights.add(view(vector, at, outputs, inputs));
            at += outputs * inputs;
            biases.add(view(vector, at, 1, outputs));
            at += outputs;
        }
        return new FlatLayers(vector, weights, biases);
    }

    static int length(List<Integer> sizes) {
        int length = 0;
        for (int i = 1; i < sizes.size(); i++) {
            length = Math.addExact(length, Math.multiplyExact(sizes.get(i), sizes.get(i - 1) + 1));
        }
        return length;
    }

    int count() {
        return weights.size();
    }

    private static INDArray view(INDArray vector, long from, long rows, long columns) {
        return vector.get(NDArrayIndex.interval(from, from + rows * columns)).reshape('c', rows, columns);
    }
}
