package weft.producer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Split;
import weft.kafka.service.UserError;

class DatasetFinderTest {
    // The official contents of these tests are told from others by their number of test images.
    private static final Map<DataFile, byte[]> OFFICIAL = IdxFixture.contents(new int[] {1, 2}, new int[] {3, 4, 5});

    @TempDir
    Path root;

    private Path data;
    private Path cache;
    private Path installed;
    private Checksums checksums;

    @BeforeEach
    void nameFolders() {
        data = root.resolve("data");
        cache = root.resolve("home/.cache/weft/fashion-mnist");
        installed = root.resolve("usr/share");
        checksums = IdxFixture.checksums(root.resolve("publisher"), OFFICIAL);
    }

    @Test
    void prefersTheCacheToTheInstalledPackage() {
        writeOfficial(cache);
        IdxFixture.write(installed, new int[] {1}, new int[] {2});

        assertThat(finder().find().size(Split.TEST)).isEqualTo(3);
    }

    @Test
    void readsTheInstalledPackageWithoutFetchingOrCaching() {
        writeOfficial(installed);

        assertThat(finder().find().size(Split.TEST)).isEqualTo(3);
        assertThat(cache).doesNotExist();
    }

    @Test
    void fetchesIntoTheCacheAndLeavesNothingElseThere() throws IOException {
        assertThat(finder(new Official()).find().size(Split.TEST)).isEqualTo(3);

        assertThat(namesIn(cache))
                .containsExactlyInAnyOrder(
                        "train-images-idx3-ubyte.gz",
                        "train-labels-idx1-ubyte.gz",
                        "t10k-images-idx3-ubyte.gz",
                        "t10k-labels-idx1-ubyte.gz");
        assertThat(finder().find().size(Split.TEST)).isEqualTo(3);
    }

    @Test
    void replacesADamagedCache() {
        writeOfficial(cache);
        IdxFixture.write(cache, DataFile.TEST_LABELS, IdxFixture.labels(3, 4, 6));

        finder(new Official()).find();

        assertThat(finder().find().label(Split.TEST, 2)).contains("5");
    }

    @Test
    void completesACacheThatLacksAFile() throws IOException {
        writeOfficial(cache);
        Files.delete(cache.resolve("t10k-images-idx3-ubyte.gz"));

        assertThat(finder(new Official()).find().size(Split.TEST)).isEqualTo(3);
    }

    @Test
    void triesTheNextSourceAfterOneThatFailsOrBringsSomethingElse() {
        var found = finder(new Offline(), new Counterfeit(), new Official()).find();

        assertThat(found.size(Split.TEST)).isEqualTo(3);
    }

    @Test
    void saysInOneLineWhatWasTriedAndWhatToDo() throws IOException {
        String expected = checksums.sha256().get(DataFile.TEST_LABELS);
        String found = IdxFixture.checksums(root.resolve("counterfeiter"), Counterfeit.CONTENTS)
                .sha256()
                .get(DataFile.TEST_LABELS);

        assertThatThrownBy(() -> finder(new Offline(), new Counterfeit()).find())
                .isInstanceOf(UserError.class)
                .hasMessage("no Fashion-MNIST data set in " + cache + " or " + installed
                        + ", and none to be had from a cut cable (no signal) or a market stall"
                        + " (t10k-labels-idx1-ubyte.gz: wrong checksum: SHA-256 " + expected + " expected, " + found
                        + " found): name a folder of images by --data DIR, or install"
                        + " dataset-fashion-mnist");
        assertThat(namesIn(cache)).isEmpty();
    }

    @Test
    void saysThatTheCacheCannotBeWritten() {
        IdxFixture.write(cache, new byte[0]);

        assertThatThrownBy(() -> finder(new Official()).find())
                .isInstanceOf(UserError.class)
                .hasMessage("the data set cannot be kept in " + cache + ": FileAlreadyExistsException: " + cache);
    }

    @Test
    void stopsWhenInterrupted() {
        DatasetSource interrupted = folder -> {
            throw new InterruptedException();
        };

        assertThatThrownBy(() -> finder(interrupted, new Official()).find())
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("interrupted while fetching the data set from ");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void namesTheCacheFolderByTheXdgSpecification() {
        Path home = root.resolve("home");

        assertThat(DatasetFinder.cacheFolder(Map.of(), home)).isEqualTo(cache);
        assertThat(DatasetFinder.cacheFolder(Map.of("XDG_CACHE_HOME", ""), home))
                .isEqualTo(cache);
        assertThat(DatasetFinder.cacheFolder(Map.of("XDG_CACHE_HOME", "relative"), home))
                .isEqualTo(cache);
        assertThat(DatasetFinder.cacheFolder(Map.of("XDG_CACHE_HOME", data.toString()), home))
                .isEqualTo(data.resolve("weft/fashion-mnist"));
    }

    /// Java's `user.home` is a question mark where a container runs as a user without an entry.
    @Test
    void aUserWithoutAHomeFolderLeavesNoFolderOfThatName() {
        Path unknown = Path.of("?");

        assertThat(DatasetFinder.cacheFolder(Map.of("HOME", root.toString()), unknown))
                .isEqualTo(root.resolve(".cache/weft/fashion-mnist"));
        assertThat(DatasetFinder.cacheFolder(Map.of(), unknown))
                .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "weft", "fashion-mnist"));
    }

    private DatasetFinder finder(DatasetSource... sources) {
        return new DatasetFinder(cache, installed, List.of(sources), checksums);
    }

    private static void writeOfficial(Path folder) {
        OFFICIAL.forEach((file, bytes) -> IdxFixture.write(folder, file, bytes));
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private record Official() implements DatasetSource {
        @Override
        public void fetchInto(Path folder) throws IOException {
            Files.createDirectory(folder.resolve("rubbish"));
            writeOfficial(folder);
        }
    }

    private record Counterfeit() implements DatasetSource {
        static final Map<DataFile, byte[]> CONTENTS = IdxFixture.contents(new int[] {1, 2}, new int[] {3, 4, 6});

        @Override
        public void fetchInto(Path folder) {
            CONTENTS.forEach((file, bytes) -> IdxFixture.write(folder, file, bytes));
        }

        @Override
        public String toString() {
            return "a market stall";
        }
    }

    private record Offline() implements DatasetSource {
        @Override
        public void fetchInto(Path folder) throws IOException {
            throw new IOException("no\n signal\n");
        }

        @Override
        public String toString() {
            return "a cut cable";
        }
    }
}
