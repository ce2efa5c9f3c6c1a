package weft.producer.dataset;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import weft.core.image.Shape;
import weft.kafka.service.UserError;

/// Arrays of numpy: images (N × height × width, perhaps × 3), vectors (N × dimension) and labels (N).
///
/// Unsigned bytes are the values of an image as they are; floats are from 0 to 1. A vector's values may be any
/// finite number and become float32. Every fault is a [UserError] that names the file and the bad value.
final class NpyFile {
    private static final int BUFFER = 1 << 16;

    private NpyFile() {}

    private interface Reading<T> {
        T read(NpyHeader header, DataInputStream in) throws IOException;
    }

    private static <T> T open(Path file, Reading<T> reading) {
        String name = Listing.name(file);
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            return reading.read(NpyHeader.read(name, in), in);
        } catch (EOFException e) {
            throw new UserError(name + ": was cut while it was read", e);
        } catch (IOException e) {
            throw new UserError(name + ": cannot be read: " + Reason.of(e), e);
        }
    }

    /// Reads images or vectors.
    static RawImages images(Path file) {
        return open(file, (header, in) -> {
            NpyType type = NpyType.number(header);
            Shape shape = shape(header);
            checkSize(file, header, (long) header.count() * shape.values() * type.bytes());
            Memory.check(header.name(), (long) header.count() * shape.bytes());
            return new RawImages(header.name(), shape, header.count(), values(header, type, shape, in), 0);
        });
    }

    private static Shape shape(NpyHeader header) {
        int[] sizes = header.item();
        if (sizes.length < 1 || sizes.length > 3) {
            throw new UserError(
                    header.name() + ": must have 2 dimensions (vectors) or 3 or 4 (images), not " + (sizes.length + 1));
        }
        if (sizes.length > 1) {
            return Shapes.image(header.name(), sizes);
        }
        try {
            return new Shape.Vector(sizes[0]);
        } catch (IllegalArgumentException e) {
            throw new UserError(header.name() + ": " + e.getMessage(), e);
        }
    }

    private static byte[] values(NpyHeader header, NpyType type, Shape shape, DataInputStream in) throws IOException {
        byte[] row = new byte[shape.values() * type.bytes()];
        ByteBuffer source = ByteBuffer.wrap(row).order(header.order());
        ByteBuffer target = ByteBuffer.allocate(header.count() * shape.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < header.count(); i++) {
            in.readFully(row);
            source.rewind();
            for (int v = 0; v < shape.values(); v++) {
                double value = type.next(source);
                switch (shape) {
                    case Shape.Image _ -> target.put(type.grey(header.name(), i, value));
                    case Shape.Vector _ -> target.putFloat(finite(header.name(), i, value));
                }
            }
        }
        return target.array();
    }

    private static float finite(String name, int item, double value) {
        if (!Float.isFinite((float) value)) {
            throw new UserError(name + ": item " + item + " has the value " + value + ", which is no finite float32");
        }
        return (float) value;
    }

    /// Reads labels: whole numbers or texts.
    static Labels labels(Path file) {
        return open(file, (header, in) -> {
            if (header.shape().size() != 1) {
                throw new UserError(header.name() + ": labels have 1 dimension, not "
                        + header.shape().size());
            }
            NpyType type = NpyType.label(header);
            checkSize(file, header, (long) header.count() * type.bytes());
            Memory.check(header.name(), (long) header.count() * type.bytes());
            byte[] item = new byte[type.bytes()];
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < header.count(); i++) {
                in.readFully(item);
                texts.add(type.label(ByteBuffer.wrap(item).order(header.order())));
            }
            return new Labels(header.name(), texts);
        });
    }

    private static void checkSize(Path file, NpyHeader header, long values) throws IOException {
        long expected = header.bytes() + values;
        long found = Files.size(file);
        if (found < expected) {
            throw new UserError(header.name() + ": cut short: " + expected + " bytes expected, " + found + " found");
        }
        if (found > expected) {
            throw new UserError(header.name() + ": trailing bytes after the " + expected + " expected");
        }
    }
}
