package weft.producer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Shape;
import weft.core.image.Split;

class NpyFolderTest {
    @TempDir
    private Path folder;

    private void write(String name, String type, String shape, ByteBuffer values) {
        byte[] header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(10 + header.length + values.capacity());
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        file.order(ByteOrder.LITTLE_ENDIAN).putShort((short) header.length);
        file.put(header).put(values.rewind());
        IdxFixture.write(folder.resolve(name), file.array());
    }

    private static ByteBuffer floats(ByteOrder order, float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * values.length).order(order);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer;
    }

    private static ByteBuffer doubles(ByteOrder order, double... values) {
        ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES * values.length).order(order);
        for (double value : values) {
            buffer.putDouble(value);
        }
        return buffer;
    }

    private LabelledImages read() {
        return new DataFolder(folder, Optional.empty(), OptionalDouble.of(0)).read();
    }

    @Test
    void vectorsOfEveryTypeBecomeFloat32LittleEndian() {
        byte[] expected = floats(ByteOrder.LITTLE_ENDIAN, 1.5f, -300).array();

        write("train.npy", "<f4", "1, 2", floats(ByteOrder.LITTLE_ENDIAN, 1.5f, -300));
        assertThat(read().raw(Split.TRAIN, 0)).isEqualTo(expected);
        write("train.npy", ">f4", "1, 2", floats(ByteOrder.BIG_ENDIAN, 1.5f, -300));
        assertThat(read().raw(Split.TRAIN, 0)).isEqualTo(expected);
        write("train.npy", "<f8", "1, 2", doubles(ByteOrder.LITTLE_ENDIAN, 1.5, -300));
        assertThat(read().raw(Split.TRAIN, 0)).isEqualTo(expected);
        write("train.npy", ">f8", "1, 2", doubles(ByteOrder.BIG_ENDIAN, 1.5, -300));
        assertThat(read().raw(Split.TRAIN, 0)).isEqualTo(expected);
        write("train.npy", "|u1", "1, 2", ByteBuffer.wrap(new byte[] {3, (byte) 200}));
        assertThat(read().raw(Split.TRAIN, 0))
                .isEqualTo(floats(ByteOrder.LITTLE_ENDIAN, 3, 200).array());
        assertThat(read().describe().shape()).isEqualTo(new Shape.Vector(2));
    }

    @Test
    void imagesAreBytesAsTheyAreOrFloatsFrom0To1() {
        write("train.npy", "|u1", "1, 2, 3", ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4, -1}));
        assertThat(read().describe().shape()).isEqualTo(new Shape.Image(3, 2, 1));
        assertThat(read().raw(Split.TRAIN, 0)).containsExactly(0, 1, 2, 3, 4, -1);

        write("train.npy", "<f4", "1, 1, 2, 3", floats(ByteOrder.LITTLE_ENDIAN, 0, .5f, 1, 0.002f, .001f, 0));
        assertThat(read().describe().shape()).isEqualTo(new Shape.Image(2, 1, 3));
        assertThat(read().raw(Split.TRAIN, 0)).containsExactly(0, (byte) 128, -1, 1, 0, 0);
    }

    @Test
    void labelsAreNumbersOrTexts() {
        write("train.npy", "|u1", "2, 3", ByteBuffer.allocate(6));
        assertThat(labels(read())).isEmpty();

        write(
                "train-labels.npy",
                "<i8",
                "2,",
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(-1)
                        .putLong(12));
        assertThat(labels(read())).containsExactly("-1", "12");
        write(
                "train-labels.npy",
                ">u2",
                "2,",
                ByteBuffer.allocate(4).putShort((short) 65_535).putShort((short) 7));
        assertThat(labels(read())).containsExactly("65535", "7");
        write("train-labels.npy", "|u1", "2,", ByteBuffer.wrap(new byte[] {-1, 0}));
        assertThat(labels(read())).containsExactly("255", "0");
        ByteBuffer texts = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        texts.putInt('c').putInt('a').putInt('t').putInt(0x732B);
        write("train-labels.npy", "<U3", "2,", texts);
        assertThat(labels(read())).containsExactly("cat", "\u732b");
    }

    @Test
    void labelsAreLinesOfAText() {
        write("train.npy", "|u1", "2, 3", ByteBuffer.allocate(6));
        IdxFixture.write(folder.resolve("train-labels.txt"), "Ankle boot\r\ncat\n".getBytes(StandardCharsets.UTF_8));
        write("test.npy", "|u1", "1, 3", ByteBuffer.allocate(3));

        LabelledImages images = DataFolder.of(folder).read();

        assertThat(labels(images)).containsExactly("Ankle boot", "cat");
        assertThat(images.size(Split.TEST)).isEqualTo(1);
        assertThat(images.label(Split.TEST, 0)).isEmpty();
    }

    private static List<String> labels(LabelledImages images) {
        return IntStream.range(0, images.size(Split.TRAIN))
                .boxed()
                .flatMap(i -> images.label(Split.TRAIN, i).stream())
                .toList();
    }
}
