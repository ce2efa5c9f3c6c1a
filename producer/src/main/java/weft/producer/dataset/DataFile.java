package weft.producer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import weft.kafka.service.UserError;

/// One of the four files of a data set in the form of MNIST.
enum DataFile {
    TRAIN_IMAGES("train-images-idx3-ubyte"),
    TRAIN_LABELS("train-labels-idx1-ubyte"),
    TEST_IMAGES("t10k-images-idx3-ubyte"),
    TEST_LABELS("t10k-labels-idx1-ubyte");

    private final String plainName;

    DataFile(String plainName) {
        this.plainName = plainName;
    }

    /// The file's name as it is published: compressed.
    String gzipName() {
        return plainName + ".gz";
    }

    /// The file in a folder, compressed or plain.
    Optional<Path> in(Path folder) {
        return Stream.of(gzipName(), plainName)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    static boolean allIn(Path folder) {
        return Arrays.stream(values()).allMatch(file -> file.in(folder).isPresent());
    }

    /// Reads the file in a folder.
    ///
    /// @throws UserError where it is missing or not what it should be
    IdxFile read(Path folder) {
        Path file = in(folder).orElseThrow(() -> new UserError(folder + ": no " + gzipName() + " in this folder"));
        return switch (this) {
            case TRAIN_IMAGES, TEST_IMAGES -> IdxFile.images(file);
            case TRAIN_LABELS, TEST_LABELS -> IdxFile.labels(file);
        };
    }
}
