package weft.producer.dataset;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.kafka.service.UserError;

/// A folder of IDX files: images to train on, and perhaps images to test on and the labels of both.
///
/// @param contents of the files that are there, the training images among them
record IdxFolder(Map<DataFile, IdxFile> contents) {
    IdxFolder {
        contents = Map.copyOf(contents);
    }

    /// Whether a file of this folder has the name of an IDX file.
    static boolean isOne(List<Path> files) {
        for (DataFile file : DataFile.values()) {
            if (file.among(files).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /// Reads all IDX files of a folder.
    ///
    /// @throws UserError naming the file and the bad value, where one is missing or not what it should be
    static IdxFolder read(Path folder) {
        List<Path> files = Listing.files(folder);
        Map<DataFile, IdxFile> contents = new EnumMap<>(DataFile.class);
        for (DataFile file : DataFile.values()) {
            Optional<Path> found = file.among(files);
            if (found.isPresent()) {
                contents.put(file, IdxFile.read(found.get(), file));
            } else if (missing(file, files)) {
                throw new UserError(folder + ": no " + file.gzipName() + " in this folder");
            }
        }
        return new IdxFolder(contents);
    }

    /// There must be images for all labels, labels for the images of both splits or of none, and images to train on.
    private static boolean missing(DataFile file, List<Path> files) {
        return switch (file) {
            case TRAIN_IMAGES -> true;
            case TEST_IMAGES -> DataFile.TEST_LABELS.among(files).isPresent();
            case TRAIN_LABELS -> DataFile.TEST_LABELS.among(files).isPresent();
            case TEST_LABELS ->
                DataFile.TRAIN_LABELS.among(files).isPresent()
                        && DataFile.TEST_IMAGES.among(files).isPresent();
        };
    }

    Part train() {
        return part(contents.get(DataFile.TRAIN_IMAGES), contents.get(DataFile.TRAIN_LABELS))
                .orElseThrow();
    }

    /// The data set of these files.
    LabelledImages images(String name, List<String> classes) {
        return new InMemory(
                name, classes, train(), part(contents.get(DataFile.TEST_IMAGES), contents.get(DataFile.TEST_LABELS)));
    }

    private static Optional<Part> part(@Nullable IdxFile images, @Nullable IdxFile labels) {
        return images == null
                ? Optional.empty()
                : Optional.of(
                        new Part(images.images(), Optional.ofNullable(labels).map(IdxFile::labels)));
    }
}
