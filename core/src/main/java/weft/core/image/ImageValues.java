package weft.core.image;

import java.util.Arrays;
import weft.core.math.Kernels;

/// The values of one image of any shape, as an immutable value.
///
/// They are kept as they stand on the wire: unsigned bytes, row by row, or little-endian float32 for a vector.
public final class ImageValues {
    private final Shape shape;
    private final byte[] raw;

    private ImageValues(Shape shape, byte[] raw) {
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
        if (shape instanceof Shape.Vector) {
            for (int i = 0; i < raw.length / Float.BYTES; i++) {
                target[offset + i] = float32(i * Float.BYTES);
            }
            return;
        }
        Kernels.unsignedBytes(raw, 1f / 255f, target, offset);
    }

    private float float32(int at) {
        return Float.intBitsToFloat(
                (raw[at] & 0xFF) | (raw[at + 1] & 0xFF) << 8 | (raw[at + 2] & 0xFF) << 16 | raw[at + 3] << 24);
    }

    /// A fresh copy of the bytes.
    public byte[] toBytes() {
        return raw.clone();
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
