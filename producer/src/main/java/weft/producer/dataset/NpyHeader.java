package weft.producer.dataset;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import weft.kafka.service.UserError;

/// What an NPY file says of itself before its values.
///
/// Format: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>: a magic text, a version, the
/// length of a text, and that text: a Python dictionary of the type, the order and the shape.
///
/// @param bytes of this header
/// @param type as numpy calls it, without the byte order: `u1`, `f4`, `i8`, `U5`
/// @param shape sizes of the dimensions
record NpyHeader(String name, int bytes, String type, ByteOrder order, List<Integer> shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MOST_TEXT = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z])(\\d{1,4})'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d, ]*)\\)");

    /// Reads the header.
    ///
    /// @throws UserError where it is none, or of an array that is not row by row
    static NpyHeader read(String name, DataInputStream in) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(start, MAGIC)) {
            throw new UserError(name + ": not an NPY file: "
                    + (start.length == 0
                            ? "it is empty"
                            : "it starts with 0x" + HexFormat.of().formatHex(start)));
        }
        try {
            int version = in.readUnsignedByte();
            in.readUnsignedByte();
            boolean old = version == 1;
            int length =
                    old ? Short.toUnsignedInt(Short.reverseBytes(in.readShort())) : Integer.reverseBytes(in.readInt());
            if (version < 1 || version > 3 || length < 0 || length > MOST_TEXT) {
                throw new UserError(name + ": not an NPY file: version " + version + " with a header of "
                        + Integer.toUnsignedString(length) + " bytes");
            }
            byte[] text = new byte[length];
            in.readFully(text);
            int bytes = MAGIC.length + 2 + (old ? Short.BYTES : Integer.BYTES) + length;
            return parse(name, bytes, new String(text, StandardCharsets.UTF_8));
        } catch (EOFException e) {
            throw new UserError(name + ": cut short: its header has no end", e);
        }
    }

    private static NpyHeader parse(String name, int bytes, String text) {
        Matcher type = found(name, TYPE, "plain type", text);
        if (found(name, FORTRAN, "order", text).group(1).equals("True")) {
            throw new UserError(name + ": is in Fortran order: save numpy.ascontiguousarray of it");
        }
        List<Integer> shape = Arrays.stream(
                        found(name, SHAPE, "shape", text).group(1).split(",", -1))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .map(size -> size(name, size))
                .toList();
        ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(name, bytes, type.group(2) + type.group(3), order, shape);
    }

    private static Matcher found(String name, Pattern pattern, String what, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new UserError(
                    name + ": its header names no " + what + ": " + text.strip().replaceAll("\\p{Cntrl}", "?"));
        }
        return matcher;
    }

    private static int size(String name, String digits) {
        if (digits.length() > 9) {
            throw new UserError(name + ": a dimension of " + digits);
        }
        return Integer.parseInt(digits);
    }

    /// Items, which are what the first dimension counts.
    int count() {
        if (shape.isEmpty() || shape.getFirst() < 1) {
            throw new UserError(name + ": has no items: its shape is " + shape);
        }
        return shape.getFirst();
    }

    /// The sizes of one item.
    int[] item() {
        return shape.stream().skip(1).mapToInt(Integer::intValue).toArray();
    }
}
