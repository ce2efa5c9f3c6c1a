package weft.producer.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Small data sets in IDX form: pixel `p` of image `i` is `i + p`, modulo 256.
public final class IdxFixture {
    private IdxFixture() {}

    /// Writes the four compressed files with one image for each label.
    public static void write(Path folder, int[] trainLabels, int[] testLabels) {
        contents(trainLabels, testLabels).forEach((file, bytes) -> write(folder, file, bytes));
    }

    static Map<DataFile, byte[]> contents(int[] trainLabels, int[] testLabels) {
        return Map.of(
                DataFile.TRAIN_IMAGES, images(trainLabels.length),
                DataFile.TRAIN_LABELS, labels(trainLabels),
                DataFile.TEST_IMAGES, images(testLabels.length),
                DataFile.TEST_LABELS, labels(testLabels));
    }

    static void write(Path folder, DataFile file, byte[] content) {
        write(folder.resolve(file.gzipName()), gzip(content));
    }

    static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pixels(int image) {
        byte[] pixels = new byte[784];
        for (int p = 0; p < pixels.length; p++) {
            pixels[p] = (byte) (image + p);
        }
        return pixels;
    }

    static byte[] images(int count) {
        var bytes = ByteBuffer.allocate(16 + count * 784);
        bytes.put(header(0x803, count, 28, 28));
        for (int i = 0; i < count; i++) {
            bytes.put(pixels(i));
        }
        return bytes.array();
    }

    static byte[] labels(int... labels) {
        var bytes = ByteBuffer.allocate(8 + labels.length);
        bytes.put(header(0x801, labels.length));
        for (int label : labels) {
            bytes.put((byte) label);
        }
        return bytes.array();
    }

    static byte[] header(int... fields) {
        var bytes = ByteBuffer.allocate(Integer.BYTES * fields.length);
        for (int field : fields) {
            bytes.putInt(field);
        }
        return bytes.array();
    }

    static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// The checksums of these contents, as a publisher would announce them.
    static Checksums checksums(Path scratch, Map<DataFile, byte[]> contents) {
        var sums = new EnumMap<DataFile, String>(DataFile.class);
        contents.forEach((file, bytes) -> {
            write(scratch, file, bytes);
            sums.put(file, IdxFile.read(scratch.resolve(file.gzipName()), file).sha256());
        });
        return new Checksums(sums);
    }
}
