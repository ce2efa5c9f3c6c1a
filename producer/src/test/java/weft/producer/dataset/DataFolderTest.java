package weft.producer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.kafka.service.UserError;

class DataFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() {
        IdxFixture.write(folder, new int[] {3, 0, 9}, new int[] {4, 5});
    }

    @Test
    void keepsBothSplitsInTheOrderOfTheFiles() {
        var dataset = read(folder);

        assertThat(dataset.size(Split.TRAIN)).isEqualTo(3);
        assertThat(dataset.size(Split.TEST)).isEqualTo(2);
        assertThat(dataset.label(Split.TRAIN, 2)).contains("9");
        assertThat(dataset.label(Split.TEST, 0)).contains("4");
        assertThat(dataset.raw(Split.TRAIN, 2)).isEqualTo(IdxFixture.pixels(2));
        assertThat(dataset.raw(Split.TEST, 1)).isEqualTo(IdxFixture.pixels(1));
    }

    @Test
    void handsOutCopies() {
        var dataset = read(folder);

        Arrays.fill(dataset.raw(Split.TEST, 0), (byte) 1);

        assertThat(dataset.raw(Split.TEST, 0)).isEqualTo(IdxFixture.pixels(0));
    }

    @Test
    void refusesAnIndexOutsideTheSplit() {
        var dataset = read(folder);

        assertThatThrownBy(() -> dataset.raw(Split.TEST, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> dataset.label(Split.TRAIN, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void readsFilesWithoutTheirCompression() throws IOException {
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
        IdxFixture.write(folder.resolve("t10k-labels-idx1-ubyte"), IdxFixture.labels(8, 7));

        assertThat(read(folder).label(Split.TEST, 1)).contains("7");
    }

    @ParameterizedTest
    @EnumSource
    void namesTheMissingFileAndTheFolder(DataFile file) throws IOException {
        Files.delete(folder.resolve(file.gzipName()));

        assertFault(folder + ": no " + file.gzipName() + " in this folder");
    }

    @Test
    void refusesAnotherNumberOfLabelsThanImages() {
        IdxFixture.write(folder, DataFile.TEST_LABELS, IdxFixture.labels(1, 2, 3));

        assertFault("t10k-labels-idx1-ubyte.gz: 3 labels for the 2 images of t10k-images-idx3-ubyte.gz");
    }

    @Test
    void refusesALabelThatIsNoClass() {
        write("classes.txt", "zero\none\ntwo\nthree\n");
        IdxFixture.write(folder, DataFile.TRAIN_LABELS, IdxFixture.labels(3, 4, 255));

        assertFault("train-labels-idx1-ubyte.gz: label '4' (item 1) is none of the 4 classes, neither by name nor by"
                + " index");
    }

    @Test
    void tellsWhatAllImagesHaveInCommon() {
        write("classes.txt", "\uFEFFzero\r\none \n\u96f6\n3\n4\n5\n6\n7\n8\n9\n\n");

        Dataset dataset = read(folder).describe();

        assertThat(dataset.name()).isEqualTo(String.valueOf(folder.getFileName()));
        assertThat(dataset.shape()).isEqualTo(new Shape.Image(28, 28, 1));
        assertThat(dataset.classes()).hasSize(10).startsWith("zero", "one", "\u96f6", "3");
    }

    @Test
    void noFolderPassesForFashionMnistByItsName() {
        Path other = folder.resolve("Fashion-MNIST");
        IdxFixture.write(other, new int[] {1}, new int[] {2});

        assertThat(read(other).describe().name()).isEqualTo("data");
    }

    @Test
    void takesNamesAsOtherPublishersWriteThem() throws IOException {
        Path other = folder.resolve("emnist");
        IdxFixture.write(other.resolve("emnist-letters-train-images.idx3-ubyte"), IdxFixture.images(2));
        IdxFixture.write(other.resolve("emnist-letters-train-labels.idx1-ubyte"), IdxFixture.labels(26, 1));
        IdxFixture.write(other.resolve("test-images-idx3-ubyte.gz"), IdxFixture.gzip(IdxFixture.images(1)));
        IdxFixture.write(other.resolve("test-labels-idx1-ubyte.gz"), IdxFixture.gzip(IdxFixture.labels(3)));

        var images = read(other);

        assertThat(images.label(Split.TRAIN, 0)).contains("26");
        assertThat(images.label(Split.TEST, 0)).contains("3");
    }

    @Test
    void takesImagesWithoutLabelsAndOfAnyDimensions() {
        assertThat(unlabelled(0x802, 300, 5).describe().shape()).isEqualTo(new Shape.Image(5, 1, 1));
        assertThat(unlabelled(0x803, 300, 4, 6).describe().shape()).isEqualTo(new Shape.Image(6, 4, 1));
        assertThat(unlabelled(0x804, 300, 2, 4, 3).describe().shape()).isEqualTo(new Shape.Image(4, 2, 3));
        assertThat(unlabelled(0x802, 300, 5).label(Split.TRAIN, 0)).isEmpty();
    }

    @Test
    void setsATestShareAsideByTheIdAndKeepsTheRestInOrder() {
        LabelledImages tenth = unlabelled(0x802, 1000, 2);
        LabelledImages none = new DataFolder(folder.resolve("bare"), Optional.empty(), OptionalDouble.of(0)).read();

        assertThat(none.size(Split.TRAIN)).isEqualTo(1000);
        assertThat(none.size(Split.TEST)).isZero();
        assertThat(tenth.size(Split.TEST)).isBetween(80, 120);
        assertThat(tenth.size(Split.TRAIN)).isEqualTo(1000 - tenth.size(Split.TEST));
        List<Integer> order = IntStream.range(0, tenth.size(Split.TRAIN))
                .map(i -> ByteBuffer.wrap(tenth.raw(Split.TRAIN, i)).getShort())
                .boxed()
                .toList();
        assertThat(order).isSorted().doesNotHaveDuplicates();
        // More images at the end leave those before where they are.
        LabelledImages more = unlabelled(0x802, 2000, 2);
        assertThat(more.raw(Split.TEST, 50)).isEqualTo(tenth.raw(Split.TEST, 50));
    }

    /// Images that begin with their number.
    private LabelledImages unlabelled(int magic, int count, int... sizes) {
        int bytes = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        int[] header = IntStream.concat(IntStream.of(magic, count), Arrays.stream(sizes))
                .toArray();
        ByteBuffer content = ByteBuffer.allocate(Integer.BYTES * header.length + count * bytes);
        content.put(IdxFixture.header(header));
        for (int i = 0; i < count; i++) {
            content.putShort(Integer.BYTES * header.length + i * bytes, (short) i);
        }
        IdxFixture.write(folder.resolve("bare/train-images-idx3-ubyte"), content.array());
        return read(folder.resolve("bare"));
    }

    private void write(String name, String text) {
        IdxFixture.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private void assertFault(String message) {
        assertThatThrownBy(() -> read(folder)).isInstanceOf(UserError.class).hasMessage(message);
    }

    private static LabelledImages read(Path folder) {
        return DataFolder.of(folder).read();
    }
}
