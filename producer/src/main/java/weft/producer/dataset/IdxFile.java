package weft.producer.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import weft.kafka.service.UserError;

/// The content of an IDX file of unsigned bytes, plain or gzip-compressed.
///
/// Format: <http://yann.lecun.com/exdb/mnist/>, big-endian: two zero bytes, type 8, the number of dimensions,
/// each dimension as a 32-bit number, then the items. Every fault is a [UserError] that names the file and
/// the bad value.
final class IdxFile {
    private static final int CHUNK = 1 << 16;
    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
    private static final List<String> DIGITS =
            IntStream.range(0, 256).mapToObj(Integer::toString).toList();

    private final String name;
    private final IdxHeader header;
    private final byte[] content;

    private IdxFile(String name, IdxHeader header, byte[] content) {
        this.name = name;
        this.header = header;
        this.content = content;
    }

    /// Reads a file of images or of labels.
    static IdxFile read(Path file, DataFile kind) {
        return switch (kind) {
            case TRAIN_IMAGES, TEST_IMAGES -> read(file, IdxHeader.Kind.IMAGES);
            case TRAIN_LABELS, TEST_LABELS -> read(file, IdxHeader.Kind.LABELS);
        };
    }

    private static IdxFile read(Path file, IdxHeader.Kind kind) {
        String name = Listing.name(file);
        try (InputStream in = open(file, name)) {
            return read(name, in, kind);
        } catch (EOFException e) {
            throw new UserError(name + ": cut short: its gzip data has no end", e);
        } catch (IOException e) {
            throw new UserError(name + ": cannot be read: " + Reason.of(e), e);
        }
    }

    /// A name that says other than the content is a download that went wrong, most of the time.
    private static InputStream open(Path file, String name) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), CHUNK);
        try {
            in.mark(GZIP_MAGIC.length);
            boolean compressed = Arrays.equals(in.readNBytes(GZIP_MAGIC.length), GZIP_MAGIC);
            in.reset();
            boolean named = name.endsWith(".gz");
            if (compressed && !named) {
                throw new UserError(name + ": is compressed by gzip: its name must end in .gz");
            }
            if (named && !compressed) {
                throw new UserError(name + ": is not compressed by gzip, as its name says" + looksLike(in));
            }
            return compressed ? new GZIPInputStream(in, CHUNK) : in;
        } catch (IOException | UserError e) {
            in.close();
            throw e;
        }
    }

    private static String looksLike(InputStream in) throws IOException {
        byte[] start = in.readNBytes(Integer.BYTES);
        return start.length < Integer.BYTES
                ? ": it has " + start.length + " bytes"
                : ": it starts with 0x" + HexFormat.of().formatHex(start);
    }

    private static IdxFile read(String name, InputStream in, IdxHeader.Kind kind) throws IOException {
        byte[] start = readUpTo(Integer.BYTES, in, new byte[0]);
        byte[] head = readUpTo(IdxHeader.size(name, start, kind), in, start);
        var header = IdxHeader.parse(name, head, kind);
        Memory.check(name, header.total());
        byte[] content = readUpTo(header.total(), in, head);
        if (content.length < header.total()) {
            throw IdxHeader.cutShort(name, header.total(), content.length);
        }
        if (in.read() >= 0) {
            throw new UserError(name + ": trailing bytes after the " + header.total() + " expected");
        }
        return new IdxFile(name, header, content);
    }

    /// The bytes that were read before, and more up to `total`. Gzip data that breaks off counts as the end, so that
    /// the caller can tell how much was found.
    private static byte[] readUpTo(int total, InputStream in, byte[] before) throws IOException {
        byte[] content = Arrays.copyOf(before, total);
        int size = before.length;
        try {
            while (size < total) {
                int read = in.read(content, size, total - size);
                if (read < 0) {
                    break;
                }
                size += read;
            }
        } catch (EOFException e) {
            return Arrays.copyOf(content, size);
        }
        return size == total ? content : Arrays.copyOf(content, size);
    }

    /// The file's name without its folder, for messages.
    String name() {
        return name;
    }

    /// The items of a file of images.
    RawImages images() {
        return new RawImages(name, header.shape(), header.count(), content, header.bytes());
    }

    /// The items of a file of labels, as digits.
    Labels labels() {
        return new Labels(
                name,
                IntStream.range(0, header.count())
                        .mapToObj(i -> DIGITS.get(content[header.bytes() + i] & 0xFF))
                        .toList());
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
