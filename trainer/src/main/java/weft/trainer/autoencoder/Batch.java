package weft.trainer.autoencoder;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// Native buffers for a batch's way through the network and back.
///
/// @param ones 1 x rows, to sum over the rows with
/// @param target what the outputs should be
/// @param values the input and each layer's outputs, rows x size
/// @param deltas for each hidden layer the loss's derivatives, rows x size
record Batch(INDArray ones, INDArray target, List<INDArray> values, List<INDArray> deltas) {
    Batch {
        values = List.copyOf(values);
        deltas = List.copyOf(deltas);
    }

    static Batch allocate(int rows, List<Integer> sizes) {
        return new Batch(
                Nd4j.ones(DataType.FLOAT, 1, rows),
                Nd4j.create(DataType.FLOAT, rows, sizes.getLast()),
                matrices(rows, sizes),
                matrices(rows, sizes.subList(1, sizes.size() - 1)));
    }

    /// A view of the first rows.
    Batch first(int rows) {
        return new Batch(
                ones.get(NDArrayIndex.all(), NDArrayIndex.interval(0, rows)),
                target.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all()),
                first(rows, values),
                first(rows, deltas));
    }

    int rows() {
        return ones.columns();
    }

    INDArray input() {
        return values.getFirst();
    }

    INDArray output() {
        return values.getLast();
    }

    private static List<INDArray> matrices(int rows, List<Integer> sizes) {
        return sizes.stream()
                .map(size -> Nd4j.create(DataType.FLOAT, rows, size))
                .toList();
    }

    private static List<INDArray> first(int rows, List<INDArray> arrays) {
        return arrays.stream()
                .map(array -> array.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all()))
                .toList();
    }
}
