package weft.producer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import weft.core.image.Split;
import weft.kafka.service.UserError;

/// A folder of numpy's arrays: `train.npy`, and perhaps `test.npy` and the labels of both as `.npy` or `.txt`.
final class NpyFolder {
    private NpyFolder() {}

    static boolean isOne(Path folder) {
        return Files.exists(images(folder, Split.TRAIN)) || Files.exists(images(folder, Split.TEST));
    }

    private static Path images(Path folder, Split split) {
        return folder.resolve(split.id() + ".npy");
    }

    /// Reads all arrays of a folder.
    ///
    /// @throws UserError naming the file and the bad value, where one is missing or not what it should be
    static LabelledImages read(Path folder, String name, List<String> classes) {
        Part train =
                part(folder, Split.TRAIN).orElseThrow(() -> new UserError(folder + ": no train.npy in this folder"));
        return new InMemory(name, classes, train, part(folder, Split.TEST));
    }

    private static Optional<Part> part(Path folder, Split split) {
        Path images = images(folder, split);
        Path array = folder.resolve(split.id() + "-labels.npy");
        Path text = folder.resolve(split.id() + "-labels.txt");
        if (Files.exists(array) && Files.exists(text)) {
            throw new UserError(array + " and " + text.getFileName() + ": two files for one thing");
        }
        if (!Files.exists(images)) {
            if (Files.exists(array) || Files.exists(text)) {
                throw new UserError(folder + ": no " + images.getFileName() + " for the labels in this folder");
            }
            return Optional.empty();
        }
        RawImages read = NpyFile.images(images);
        return Optional.of(new Part(read, labels(array, text, read.count())));
    }

    private static Optional<Labels> labels(Path array, Path text, int count) {
        if (Files.exists(array)) {
            return Optional.of(NpyFile.labels(array));
        }
        if (Files.exists(text)) {
            return Optional.of(new Labels(
                    Listing.name(text), TextLines.read(text, (Labels.LONGEST + 2L) * count + Labels.LONGEST)));
        }
        return Optional.empty();
    }
}
