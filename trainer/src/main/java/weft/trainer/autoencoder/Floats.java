package weft.trainer.autoencoder;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Bulk copies between Java arrays and contiguous native ones.
final class Floats {
    private Floats() {}

    static void copy(float[] from, INDArray to) {
        pointer(to).put(from, 0, Math.toIntExact(to.length()));
    }

    static void copy(INDArray from, float[] to) {
        pointer(from).get(to, 0, Math.toIntExact(from.length()));
    }

    static float[] toArray(INDArray from) {
        float[] to = new float[Math.toIntExact(from.length())];
        copy(from, to);
        return to;
    }

    private static FloatPointer pointer(INDArray array) {
        return (FloatPointer) array.data().addressPointer();
    }
}
