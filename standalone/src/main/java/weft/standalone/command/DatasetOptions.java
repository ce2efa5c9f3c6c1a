package weft.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.kafka.service.UserError;
import weft.producer.dataset.ClassNames;

/// What the images are, for those whose images another program writes.
final class DatasetOptions {
    private static final String NAME = "images";

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "Of every image: 28x28, 32x32x3, or 512 for vectors; told on the data set topic")
    private @Nullable String shape;

    @Option(names = "--classes", paramLabel = "FILE", description = "Names of the classes, one a line; needs --shape")
    private @Nullable Path classes;

    @Option(
            names = "--dataset-name",
            paramLabel = "NAME",
            description = "By which people know the data (default: " + NAME + "); needs --shape")
    private @Nullable String name;

    /// The data set of the options; empty where none was given.
    Optional<Dataset> dataset() {
        if (shape == null) {
            if (classes != null || name != null) {
                throw new UserError((classes != null ? "--classes" : "--dataset-name") + " needs --shape");
            }
            return Optional.empty();
        }
        Shape parsed;
        try {
            parsed = Shape.parse(shape);
        } catch (IllegalArgumentException fault) {
            throw new UserError("--shape: " + fault.getMessage(), fault);
        }
        List<String> names = classes == null ? List.of() : ClassNames.read(classes);
        try {
            return Optional.of(new Dataset(name == null ? NAME : name, parsed, names));
        } catch (IllegalArgumentException fault) {
            throw new UserError("--dataset-name: " + fault.getMessage(), fault);
        }
    }
}
