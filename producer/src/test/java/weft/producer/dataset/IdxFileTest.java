package weft.producer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.kafka.service.UserError;

class IdxFileTest {
    @TempDir
    Path folder;

    @Test
    void readsImagesPlainAndCompressed() {
        var plain = images(write("images", IdxFixture.images(3)));
        var compressed = images(write("images.gz", IdxFixture.gzip(IdxFixture.images(3))));

        assertThat(plain.images().count()).isEqualTo(3);
        assertThat(plain.images().item(2)).isEqualTo(IdxFixture.pixels(2));
        assertThat(compressed.images().item(2)).isEqualTo(IdxFixture.pixels(2));
        assertThat(compressed.sha256()).isEqualTo(plain.sha256());
    }

    @Test
    void readsLabelsAsUnsignedBytes() {
        var labels = labels(write("labels", IdxFixture.labels(7, 255))).labels();

        assertThat(labels.count()).isEqualTo(2);
        assertThat(labels.get(0)).isEqualTo("7");
        assertThat(labels.get(1)).isEqualTo("255");
    }

    @Test
    void hashesTheWholeUncompressedContent() {
        // sha256sum of the bytes 00 00 08 01 00 00 00 01 05
        assertThat(labels(write("labels.gz", IdxFixture.gzip(IdxFixture.labels(5))))
                        .sha256())
                .isEqualTo("3afb77842a393f5177431fbff622da97dcf83b0818befe62777f51c37eba4401");
    }

    @Test
    void handsOutCopies() {
        var images = images(write("images", IdxFixture.images(1))).images();

        Arrays.fill(images.item(0), (byte) 9);

        assertThat(images.item(0)).isEqualTo(IdxFixture.pixels(0));
    }

    @Test
    void refusesAnIndexOutsideTheFile() {
        var images = images(write("images", IdxFixture.images(2))).images();

        assertThatThrownBy(() -> images.item(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> images.item(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 12", "3, 12", "15, 16", "16, 1584", "1583, 1584"})
    void refusesAFileCutShort(int length, int expected) {
        byte[] cut = Arrays.copyOf(IdxFixture.images(2), length);
        String message = ": cut short: " + expected + " bytes expected, " + length + " found";

        assertFault(() -> images(write("x", cut)), "x" + message);
        assertFault(() -> images(write("x.gz", IdxFixture.gzip(cut))), "x.gz" + message);
    }

    @Test
    void tellsHowMuchOfBrokenCompressedDataWasFound() {
        byte[] compressed = IdxFixture.gzip(IdxFixture.images(200));

        assertThatThrownBy(() -> images(write("x.gz", Arrays.copyOf(compressed, compressed.length / 2))))
                .isInstanceOf(UserError.class)
                .hasMessageMatching("x\\.gz: cut short: 156816 bytes expected, [1-9]\\d{3,5} found");
    }

    @ParameterizedTest
    @CsvSource({"1", "8"})
    void refusesCompressedDataWithoutItsEnd(int missing) {
        byte[] compressed = IdxFixture.gzip(IdxFixture.labels(1, 2, 3));

        assertFault(
                () -> labels(write("x.gz", Arrays.copyOf(compressed, compressed.length - missing))),
                "x.gz: cut short: its gzip data has no end");
    }

    @Test
    void refusesDamagedCompressedData() {
        byte[] compressed = IdxFixture.gzip(IdxFixture.labels(1, 2, 3));
        compressed[compressed.length - 5] ^= 1;

        assertFault(() -> labels(write("x.gz", compressed)), "x.gz: cannot be read: Corrupt GZIP trailer");
    }

    @Test
    void refusesTrailingBytes() {
        byte[] longer = Arrays.copyOf(IdxFixture.labels(1, 2, 3), 12);

        assertFault(() -> labels(write("x", longer)), "x: trailing bytes after the 11 expected");
        assertFault(() -> labels(write("x.gz", IdxFixture.gzip(longer))), "x.gz: trailing bytes after the 11 expected");
    }

    @Test
    void refusesWhatIsNotIdx() {
        byte[] page = "<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8);

        assertFault(
                () -> images(write("x", page)),
                "x: not an IDX file of unsigned bytes: it starts with 0x3c21444f, not 0x00000803");
    }

    @Test
    void refusesItemsThatAreNotUnsignedBytes() {
        assertFault(
                () -> labels(write("floats", IdxFixture.header(0xD01, 1, 0))),
                "floats: not an IDX file of unsigned bytes: it starts with 0x00000d01, not 0x00000801");
    }

    @Test
    void refusesAnotherNumberOfDimensions() {
        assertFault(() -> images(write("x", IdxFixture.labels(1, 2, 3))), "x: images have 2 to 4 dimensions, not 1");
        assertFault(() -> labels(write("x", IdxFixture.images(1))), "x: labels have 1 dimension, not 3");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 28, 'images must have 1 to 16384 values, not 0 x 28'",
        "28, -1, 'images must have 1 to 16384 values, not 28 x 4294967295'",
        "128, 129, 'an image has 1 to 16384 values, not 16512'"
    })
    void refusesImagesOfAnImpossibleSize(int rows, int columns, String shown) {
        assertFault(() -> images(write("x", IdxFixture.header(0x803, 1, rows, columns))), "x: " + shown);
    }

    @Test
    void refusesANumberOfChannelsThatNoImageHas() {
        assertFault(
                () -> images(write("x", IdxFixture.header(0x804, 1, 4, 4, 2))),
                "x: an image has 1 or 3 channels, not 2");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10000001, 10000001", "-1, 4294967295"})
    void refusesAbsurdCounts(int count, String shown) {
        assertFault(
                () -> labels(write("x", IdxFixture.header(0x801, count))),
                "x: must have 1 to 10000000 items, not " + shown);
        assertFault(
                () -> images(write("x", IdxFixture.header(0x803, count, 28, 28))),
                "x: must have 1 to 2739137 items, not " + shown);
    }

    @Test
    void refusesWhatMemoryDoesNotHoldBeforeItAllocates() {
        assertThatThrownBy(() -> images(write("x", IdxFixture.header(0x803, 2_739_137, 28, 28))))
                .isInstanceOf(UserError.class)
                .hasMessageMatching("x: 2147483424 bytes are more than the \\d+ that are kept in memory, a third of the"
                        + " heap \\(WEFT_JAVA_OPTS=-Xmx8g makes it larger\\)");
    }

    @Test
    void tellsHowMuchOfWhatTheHeaderClaimsIsThere() {
        assertFault(
                () -> images(write("x", IdxFixture.header(0x803, 100_000, 28, 28))),
                "x: cut short: 78400016 bytes expected, 16 found");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> labels(folder))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(folder.getFileName() + ": cannot be read: ");
    }

    private static IdxFile images(Path file) {
        return IdxFile.read(file, DataFile.TRAIN_IMAGES);
    }

    private static IdxFile labels(Path file) {
        return IdxFile.read(file, DataFile.TEST_LABELS);
    }

    private Path write(String name, byte[] bytes) {
        return IdxFixture.write(folder.resolve(name), bytes);
    }

    private static void assertFault(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(UserError.class).hasMessage(message);
    }
}
