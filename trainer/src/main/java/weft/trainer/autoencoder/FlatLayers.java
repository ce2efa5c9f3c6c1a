package weft.trainer.autoencoder;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// One flat native vector as [Layers] has it, and each layer's weights (outputs x inputs) and biases (1 x outputs)
/// as views of it.
record FlatLayers(INDArray vector, List<INDArray> weights, List<INDArray> biases) {
    FlatLayers {
        weights = List.copyOf(weights);
        biases = List.copyOf(biases);
    }

    static FlatLayers zeros(Layers layers) {
        INDArray vector = Nd4j.create(DataType.FLOAT, layers.length());
        List<INDArray> weights = new ArrayList<>();
        List<INDArray> biases = new ArrayList<>();
        for (int i = 0; i < layers.count(); i++) {
            weights.add(view(vector, layers.weightsAt(i), layers.outputs(i), layers.inputs(i)));
            biases.add(view(vector, layers.biasesAt(i), 1, layers.outputs(i)));
        }
        return new FlatLayers(vector, weights, biases);
    }

    int count() {
        return weights.size();
    }

    private static INDArray view(INDArray vector, long from, long rows, long columns) {
        return vector.get(NDArrayIndex.interval(from, from + rows * columns)).reshape('c', rows, columns);
    }
}
