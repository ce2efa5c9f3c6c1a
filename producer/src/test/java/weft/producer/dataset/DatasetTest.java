package weft.producer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import weft.core.image.Split;
import weft.kafka.service.UserError;

class DatasetTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() {
        IdxFixture.write(folder, new int[] {3, 0, 9}, new int[] {4, 5});
    }

    @Test
    void keepsBothSplitsInTheOrderOfTheFiles() {
        var dataset = Dataset.read(folder);

        assertThat(dataset.size(Split.TRAIN)).isEqualTo(3);
        assertThat(dataset.size(Split.TEST)).isEqualTo(2);
        assertThat(dataset.label(Split.TRAIN, 2)).isEqualTo(9);
        assertThat(dataset.label(Split.TEST, 0)).isEqualTo(4);
        assertThat(dataset.pixels(Split.TRAIN, 2)).isEqualTo(IdxFixture.pixels(2));
        assertThat(dataset.pixels(Split.TEST, 1)).isEqualTo(IdxFixture.pixels(1));
    }

    @Test
    void handsOutCopies() {
        var dataset = Dataset.read(folder);

        Arrays.fill(dataset.pixels(Split.TEST, 0), (byte) 1);

        assertThat(dataset.pixels(Split.TEST, 0)).isEqualTo(IdxFixture.pixels(0));
    }

    @Test
    void refusesAnIndexOutsideTheSplit() {
        var dataset = Dataset.read(folder);

        assertThatThrownBy(() -> dataset.pixels(Split.TEST, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> dataset.label(Split.TRAIN, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void readsFilesWithoutTheirCompression() throws IOException {
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
        IdxFixture.write(folder.resolve("t10k-labels-idx1-ubyte"), IdxFixture.labels(8, 7));

        assertThat(Dataset.read(folder).label(Split.TEST, 1)).isEqualTo(7);
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
        IdxFixture.write(folder, DataFile.TRAIN_LABELS, IdxFixture.labels(9, 10, 255));

        assertFault("train-labels-idx1-ubyte.gz: label must be 0 to 9, not 10 (item 1)");
    }

    private void assertFault(String message) {
        assertThatThrownBy(() -> Dataset.read(folder))
                .isInstanceOf(UserError.class)
                .hasMessage(message);
    }
}
