package weft.core.image;

import java.util.Arrays;
import weft.core.math.Kernels;

/// The values of one image of any shape, as an immutable value.
///
/// They are kept as they stand on the wire: unsigned bytes, row by row, or little-endian float32 for a vector.
public final class ImageValues {
    private final Shape shape;
    private final byte[] raw;

    /// Takes the bytes over: nobody else may write to them.
    ImageValues(Shape shape, byte[] raw) {
        this.shape = shape;
        this.raw = raw;
    }

    /// Copies [Shape#bytes] bytes.
    ///
    /// @throws IllegalArgumentException for any other length
    public static ImageValues of(Shape shape, byte[] raw) {
        if (raw.length != shape.bytes()) {
            throw new IllegalArgumentException("an image has " + shape.bytes() + " bytes, not " + raw.length);
        }
        return new ImageValues(shape, raw.clone());
    }

    public Shape shape() {
        return shape;
    }

    /// Writes [Shape#values] numbers into `target` from `offset` on: bytes as numbers from 0 to 1, a vector's
    /// values as they are.
    public void toFloats(float[] target, int offset) {
        toFloats(shape, raw, 0, target, offset);
    }

    /// The same for the bytes of an image of that shape from `from` on.
    static void toFloats(Shape shape, byte[] raw, int from, float[] target, int offset) {
        if (shape instanceof Shape.Vector) {
            for (int i = 0; i < shape.values(); i++) {
                target[offset + i] = float32(raw, from + i * Float.BYTES);
            }
            return;
        }
        Kernels.unsignedBytes(raw, from, shape.bytes(), 1f / 255f, target, offset);
    }

    private static float float32(byte[] raw, int at) {
        return Float.intBitsToFloat(
                (raw[at] & 0xFF) | (raw[at + 1] & 0xFF) << 8 | (raw[at + 2] & 0xFF) << 16 | raw[at + 3] << 24);
    }

    /// A fresh copy of the bytes.
    public byte[] toBytes() {
        return raw.clone();
    }

    /// Writes the bytes into `target` from `offset` on.
    void copyTo(byte[] target, int offset) {
        System.arraycopy(raw, 0, target, offset, raw.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageValues that && shape.equals(that.shape) && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }
}
