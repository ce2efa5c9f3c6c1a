package weft.producer.dataset;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import weft.core.image.Pixels;
import weft.kafka.service.UserError;

/// What an IDX file says of itself before its items, checked before anything is allocated for them.
///
/// @param bytes of this header
/// @param count of items
/// @param itemBytes of one item: 1 for labels, [Pixels#COUNT] for images
record IdxHeader(int bytes, int count, int itemBytes) {
    private static final int MAX_ITEMS = 10_000_000;
    // Some JVMs cannot allocate the last few elements of the int range.
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;
    private static final int UNSIGNED_BYTES = 0x08;

    /// Bytes of a header with 1 or 3 dimensions.
    static int size(int dimensions) {
        return Integer.BYTES * (1 + dimensions);
    }

    /// Reads the header of a file that should have 1 dimension (labels) or 3 (28 × 28 images).
    ///
    /// @param content the first [#size] bytes of the file, fewer where it ends before
    /// @throws UserError for anything else
    static IdxHeader parse(String name, byte[] content, int dimensions) {
        var fields = ByteBuffer.wrap(content);
        if (content.length >= Integer.BYTES) {
            checkMagic(name, fields.getInt(), dimensions);
        }
        if (content.length < size(dimensions)) {
            throw cutShort(name, size(dimensions), content.length);
        }
        long count = Integer.toUnsignedLong(fields.getInt());
        int itemBytes = 1;
        if (dimensions > 1) {
            checkSides(name, fields.getInt(), fields.getInt());
            itemBytes = Pixels.COUNT;
        }
        int limit = Math.min(MAX_ITEMS, MAX_BYTES / itemBytes);
        if (count < 1 || count > limit) {
            throw new UserError(name + ": must have 1 to " + limit + " items, not " + count);
        }
        return new IdxHeader(content.length, (int) count, itemBytes);
    }

    static UserError cutShort(String name, int expected, int found) {
        return new UserError(name + ": cut short: " + expected + " bytes expected, " + found + " found");
    }

    private static void checkMagic(String name, int magic, int dimensions) {
        if (magic >>> 8 != UNSIGNED_BYTES) {
            throw new UserError(name + ": not an IDX file of unsigned bytes: it starts with 0x" + hex(magic)
                    + ", not 0x" + hex(UNSIGNED_BYTES << 8 | dimensions));
        }
        if ((magic & 0xFF) != dimensions) {
            throw new UserError(name + ": dimensions must be " + dimensions + ", not " + (magic & 0xFF));
        }
    }

    private static String hex(int value) {
        return HexFormat.of().toHexDigits(value);
    }

    private static void checkSides(String name, int rows, int columns) {
        if (rows != Pixels.SIDE || columns != Pixels.SIDE) {
            throw new UserError(name + ": images must be " + Pixels.SIDE + " x " + Pixels.SIDE + ", not "
                    + Integer.toUnsignedString(rows) + " x " + Integer.toUnsignedString(columns));
        }
    }

    /// Bytes of the whole uncompressed file.
    int total() {
        return bytes + count * itemBytes;
    }
}
