package weft.producer.drift;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import weft.core.image.Shape;

/// The values of one image while effects change them: grey levels from 0 to 255, or a vector's values.
///
/// They are rounded once, at the end.
final class Canvas {
    private static final double WHITE = 255;

    private final Shape shape;
    private double[] values;

    /// @param raw as it stands on the wire
    Canvas(Shape shape, byte[] raw) {
        this.shape = shape;
        values = new double[shape.values()];
        switch (shape) {
            case Shape.Image _ -> Arrays.setAll(values, i -> raw[i] & 0xFF);
            case Shape.Vector _ -> {
                ByteBuffer floats = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
                Arrays.setAll(values, _ -> floats.getFloat());
            }
        }
    }

    /// @throws IllegalStateException where it is a vector
    Shape.Image image() {
        if (shape instanceof Shape.Image image) {
            return image;
        }
        throw new IllegalStateException("a vector of " + shape + " values has no pixels");
    }

    /// Shared, not a copy.
    double[] values() {
        return values;
    }

    void values(double[] others) {
        values = others;
        limit();
    }

    /// Grey levels stay from 0 to 255, a vector's values what float32 can hold.
    void replaceAll(DoubleUnaryOperator change) {
        for (int i = 0; i < values.length; i++) {
            values[i] = change.applyAsDouble(values[i]);
        }
        limit();
    }

    double mean() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /// What a value and its negative add up to.
    double white() {
        return shape instanceof Shape.Image ? WHITE : 0;
    }

    private void limit() {
        double least = shape instanceof Shape.Image ? 0 : -Float.MAX_VALUE;
        double most = shape instanceof Shape.Image ? WHITE : Float.MAX_VALUE;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.clamp(values[i], least, most);
        }
    }

    /// As they stand on the wire.
    byte[] toBytes() {
        byte[] raw = new byte[shape.bytes()];
        switch (shape) {
            case Shape.Image _ -> {
                for (int i = 0; i < raw.length; i++) {
                    raw[i] = (byte) Math.round(values[i]);
                }
            }
            case Shape.Vector _ -> {
                ByteBuffer floats = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
                for (double value : values) {
                    floats.putFloat((float) value);
                }
            }
        }
        return raw;
    }
}
