package weft.producer.dataset;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import weft.core.image.Shape;
import weft.kafka.service.UserError;

/// What an IDX file says of itself before its items, checked before anything is allocated for them.
///
/// @param bytes of this header
/// @param count of items
/// @param shape of one item; one value for labels
record IdxHeader(int bytes, int count, Shape shape) {
    /// What a file has items of.
    enum Kind {
        LABELS(1, 1),
        IMAGES(2, 4);

        private final int fewest;
        private final int most;

        Kind(int fewest, int most) {
            this.fewest = fewest;
            this.most = most;
        }
    }

    private static final int MAX_ITEMS = 10_000_000;
    // Some JVMs cannot allocate the last few elements of the int range.
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;
    private static final int UNSIGNED_BYTES = 0x08;

    /// Bytes of the header that begins with these four.
    ///
    /// @param start the first four bytes of the file, fewer where it ends before
    /// @throws UserError where no header of this kind does
    static int size(String name, byte[] start, Kind kind) {
        if (start.length < Integer.BYTES) {
            throw cutShort(name, Integer.BYTES * (1 + kind.fewest), start.length);
        }
        int magic = ByteBuffer.wrap(start).getInt();
        int dimensions = magic & 0xFF;
        if (magic >>> 8 != UNSIGNED_BYTES) {
            throw new UserError(name + ": not an IDX file of unsigned bytes: it starts with 0x" + hex(magic)
                    + ", not 0x" + hex(UNSIGNED_BYTES << 8 | (kind == Kind.LABELS ? 1 : 3)));
        }
        if (dimensions < kind.fewest || dimensions > kind.most) {
            throw new UserError(
                    name + ": " + (kind == Kind.LABELS ? "labels have 1 dimension" : "images have 2 to 4 dimensions")
                            + ", not " + dimensions);
        }
        return Integer.BYTES * (1 + dimensions);
    }

    /// Reads the header of a file.
    ///
    /// @param content the first [#size] bytes of the file, fewer where it ends before
    static IdxHeader parse(String name, byte[] content, Kind kind) {
        int size = size(name, content, kind);
        if (content.length < size) {
            throw cutShort(name, size, content.length);
        }
        var fields = ByteBuffer.wrap(content).position(Integer.BYTES);
        long count = Integer.toUnsignedLong(fields.getInt());
        int[] sizes = new int[size / Integer.BYTES - 2];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = fields.getInt();
        }
        Shape shape = Shapes.image(name, sizes);
        int limit = Math.min(MAX_ITEMS, (MAX_BYTES - size) / shape.bytes());
        if (count < 1 || count > limit) {
            throw new UserError(name + ": must have 1 to " + limit + " items, not " + count);
        }
        return new IdxHeader(size, (int) count, shape);
    }

    static UserError cutShort(String name, int expected, int found) {
        return new UserError(name + ": cut short: " + expected + " bytes expected, " + found + " found");
    }

    private static String hex(int value) {
        return HexFormat.of().toHexDigits(value);
    }

    /// Bytes of the whole uncompressed file.
    int total() {
        return bytes + count * shape.bytes();
    }
}
