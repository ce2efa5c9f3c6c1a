package weft.producer.dataset;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import weft.kafka.service.UserError;

/// The content of an IDX file of unsigned bytes, plain or gzip-compressed: labels (1 dimension) or 28 × 28
/// images (3).
///
/// Format: <http://yann.lecun.com/exdb/mnist/>, big-endian: two zero bytes, type 8, the number of dimensions,
/// each dimension as a 32-bit number, then the items. Every fault is a [UserError] that names the file and
/// the bad value.
final class IdxFile {
    private static final int CHUNK = 1 << 16;
    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

    private final String name;
    private final IdxHeader header;
    private final byte[] content;

    private IdxFile(String name, IdxHeader header, byte[] content) {
        this.name = name;
        this.header = header;
        this.content = content;
    }

    /// Reads a file of 28 × 28 images.
    static IdxFile images(Path file) {
        return read(file, 3);
    }

    /// Reads a file of single bytes.
    static IdxFile labels(Path file) {
        return read(file, 1);
    }

    private static IdxFile read(Path file, int dimensions) {
        String name = String.valueOf(file.getFileName());
        try (InputStream in = open(file)) {
            return read(name, in, dimensions);
        } catch (EOFException e) {
            throw new UserError(name + ": cut short: its gzip data has no end", e);
        } catch (IOException e) {
            throw new UserError(name + ": cannot be read: " + Reason.of(e), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), CHUNK);
        try {
            in.mark(GZIP_MAGIC.length);
            byte[] start = in.readNBytes(GZIP_MAGIC.length);
            in.reset();
            return Arrays.equals(start, GZIP_MAGIC) ? new GZIPInputStream(in, CHUNK) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static IdxFile read(String name, InputStream in, int dimensions) throws IOException {
        var content = new ByteArrayOutputStream(CHUNK);
        readUpTo(IdxHeader.size(dimensions), in, content);
        var header = IdxHeader.parse(name, content.toByteArray(), dimensions);
        readUpTo(header.total(), in, content);
        if (content.size() < header.total()) {
            throw IdxHeader.cutShort(name, header.total(), content.size());
        }
        if (in.read() >= 0) {
            throw new UserError(name + ": trailing bytes after the " + header.total() + " expected");
        }
        return new IdxFile(name, header, content.toByteArray());
    }

    /// Fills `target` up to `total` bytes. The array grows with what is really there, not with what a header
    /// claims, and gzip data that breaks off counts as the end, so that the caller can tell how much was
    /// found.
    private static void readUpTo(int total, InputStream in, ByteArrayOutputStream target) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try {
            while (target.size() < total) {
                int read = in.read(chunk, 0, Math.min(CHUNK, total - target.size()));
                if (read < 0) {
                    return;
                }
                target.write(chunk, 0, read);
            }
        } catch (EOFException e) {
            return;
        }
    }

    /// The file's name without its folder, for messages.
    String name() {
        return name;
    }

    /// How many items the file holds.
    int count() {
        return header.count();
    }

    /// A fresh copy of the bytes of one item.
    byte[] item(int index) {
        int from = offset(index);
        return Arrays.copyOfRange(content, from, from + header.itemBytes());
    }

    /// The first byte of an item, from 0 to 255: the whole of a label.
    int unsignedByte(int index) {
        return content[offset(index)] & 0xFF;
    }

    private int offset(int index) {
        return header.bytes() + Objects.checkIndex(index, header.count()) * header.itemBytes();
    }

    /// The SHA-256 of the uncompressed content in hexadecimal: compressors differ, what they hold does not.
    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
