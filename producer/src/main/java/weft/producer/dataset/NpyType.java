package weft.producer.dataset;

import java.nio.ByteBuffer;
import weft.kafka.service.UserError;

/// The type of an array's values.
///
/// @param kind as numpy calls it: `u` and `i` for whole numbers, `f` for floats, `U` for texts
/// @param bytes of one value
record NpyType(char kind, int bytes) {
    private static final int BYTES_A_CHARACTER = 4;

    private static NpyType of(NpyHeader header) {
        char kind = header.type().charAt(0);
        int size = Integer.parseInt(header.type().substring(1));
        return new NpyType(kind, kind == 'U' ? BYTES_A_CHARACTER * size : size);
    }

    /// The type of images and vectors.
    static NpyType number(NpyHeader header) {
        return switch (header.type()) {
            case "u1", "f4", "f8" -> of(header);
            default ->
                throw new UserError(header.name() + ": values must be uint8, float32 or float64, not " + header.type());
        };
    }

    /// The type of labels.
    static NpyType label(NpyHeader header) {
        if (!header.type().matches("[iu][1248]|U[1-9]\\d*")) {
            throw new UserError(header.name() + ": labels must be whole numbers or texts, not " + header.type());
        }
        return of(header);
    }

    double next(ByteBuffer source) {
        return switch (bytes) {
            case 1 -> Byte.toUnsignedInt(source.get());
            case 4 -> source.getFloat();
            default -> source.getDouble();
        };
    }

    /// The value as one of an image.
    byte grey(String name, int item, double value) {
        if (kind == 'u') {
            return (byte) (int) value;
        }
        if (!(value >= 0 && value <= 1)) {
            throw new UserError(name + ": float images have values from 0 to 1, but item " + item + " has " + value
                    + ": save 0 to 255 as uint8");
        }
        return (byte) Math.round(value * 255);
    }

    String label(ByteBuffer item) {
        if (kind == 'U') {
            StringBuilder text = new StringBuilder();
            while (item.hasRemaining()) {
                int character = item.getInt();
                if (character != 0) {
                    text.appendCodePoint(Character.isValidCodePoint(character) ? character : '?');
                }
            }
            return text.toString();
        }
        long value = switch (bytes) {
            case 1 -> item.get();
            case 2 -> item.getShort();
            case 4 -> item.getInt();
            default -> item.getLong();
        };
        if (kind == 'i') {
            return Long.toString(value);
        }
        int unused = Long.SIZE - Byte.SIZE * bytes;
        return Long.toUnsignedString(value << unused >>> unused);
    }
}
