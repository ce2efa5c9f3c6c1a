package weft.kafka.wire;

import java.util.List;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.kafka.wire.proto.MatrixMessage;

/// Matrices and vectors as Protobuf and back.
public final class MatrixCodec {
    private MatrixCodec() {}

    /// The message of a matrix.
    public static MatrixMessage matrix(Matrix matrix) {
        MatrixMessage.Builder message =
                MatrixMessage.newBuilder().setRows(matrix.rows()).setColumns(matrix.columns());
        for (float value : matrix.toArray()) {
            message.addValues(value);
        }
        return message.build();
    }

    /// The matrix of a message.
    ///
    /// @throws IllegalArgumentException where sizes do not fit or a number is not finite
    public static Matrix matrix(MatrixMessage message) {
        return Matrix.of(message.getRows(), message.getColumns(), floats(message.getValuesList()));
    }

    /// The values of a repeated field.
    public static float[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    /// The vector of a repeated field.
    ///
    /// @throws IllegalArgumentException where a number is not finite
    public static Vector vector(List<Double> values) {
        return Vector.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
