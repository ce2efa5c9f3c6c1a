package weft.producer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.kafka.service.UserError;

/// The names of the classes: one a line, in the order of their indexes.
public final class ClassNames {
    static final String FILE = "classes.txt";

    private static final long MOST_BYTES = 1 << 20;

    private ClassNames() {}

    /// The names in the folder's `classes.txt`; none where there is no such file.
    static List<String> in(Path folder) {
        Path file = folder.resolve(FILE);
        return Files.exists(file) ? read(file) : List.of();
    }

    /// Reads a file of names.
    ///
    /// @throws UserError that names the file and what is wrong with it
    public static List<String> read(Path file) {
        List<String> names = TextLines.read(file, MOST_BYTES);
        if (names.isEmpty()) {
            throw new UserError(file + ": has no names");
        }
        try {
            return new Dataset("checked", new Shape.Vector(1), names).classes();
        } catch (IllegalArgumentException e) {
            throw new UserError(file + ": " + e.getMessage(), e);
        }
    }
}
