package weft.producer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import weft.kafka.service.UserError;

/// One of the files of a data set in the form of MNIST.
enum DataFile {
    TRAIN_IMAGES("train-images-idx3-ubyte", "train", "images"),
    TRAIN_LABELS("train-labels-idx1-ubyte", "train", "labels"),
    TEST_IMAGES("t10k-images-idx3-ubyte", "(?:t10k|test)", "images"),
    TEST_LABELS("t10k-labels-idx1-ubyte", "(?:t10k|test)", "labels");

    private final String plainName;
    private final Pattern names;

    DataFile(String plainName, String split, String content) {
        this.plainName = plainName;
        // EMNIST's begin with the name of the data set, some have a dot for a dash, and idx2 to idx4 say the
        // dimensions.
        names = Pattern.compile("(?:.+[-.])?" + split + "[-.]" + content + "[-.]idx[1-4][-.]ubyte(?:\\.gz)?");
    }

    /// The file's name as it is published: compressed.
    String gzipName() {
        return plainName + ".gz";
    }

    /// The file in a folder, compressed or plain, under the name that it is published by.
    private Optional<Path> published(Path folder) {
        return Stream.of(gzipName(), plainName)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    static boolean allIn(Path folder) {
        return Arrays.stream(values()).allMatch(file -> file.published(folder).isPresent());
    }

    /// The one of these files that has this role; a compressed one goes before its plain twin.
    ///
    /// @throws UserError where two have it
    Optional<Path> among(List<Path> files) {
        List<Path> found = files.stream()
                .filter(file ->
                        names.matcher(String.valueOf(file.getFileName())).matches())
                .toList();
        if (found.stream().map(DataFile::withoutGz).distinct().count() > 1) {
            throw new UserError(found.getFirst() + " and " + found.getLast().getFileName()
                    + ": two files for one thing; put each data set into a folder of its own");
        }
        return found.stream()
                .filter(file -> file.toString().endsWith(".gz"))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private static String withoutGz(Path file) {
        return file.toString().replaceFirst("\\.gz$", "");
    }
}
