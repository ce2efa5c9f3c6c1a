package weft.core.image;

import java.util.Arrays;

/// The grey values of one image, row by row, as an immutable value.
public final class Pixels {
    /// Width and height in pixels.
    public static final int SIDE = 28;

    /// Pixels of an image.
    public static final int COUNT = SIDE * SIDE;

    private final byte[] values;

    private Pixels(byte[] values) {
        this.values = values;
    }

    /// Copies [#COUNT] unsigned bytes.
    ///
    /// @throws IllegalArgumentException for any other length
    public static Pixels of(byte[] values) {
        if (values.length != COUNT) {
            throw new IllegalArgumentException("an image has " + COUNT + " bytes, not " + values.length);
        }
        return new Pixels(values.clone());
    }

    /// Writes the grey values as numbers from 0 to 1 into `target` from `offset` on.
    public void toUnitInterval(float[] target, int offset) {
        for (int i = 0; i < COUNT; i++) {
            target[offset + i] = (values[i] & 0xFF) * (1f / 255f);
        }
    }

    /// A fresh copy of the unsigned bytes.
    public byte[] toBytes() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pixels that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
