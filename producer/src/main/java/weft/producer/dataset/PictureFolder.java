package weft.producer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.kafka.content.Picture;
import weft.kafka.content.PictureFormat;
import weft.kafka.service.UserError;

/// A folder of pictures: `train/CLASS/*.png` or `.jpg`, and perhaps `test/CLASS/…`, all scaled to one shape.
final class PictureFolder {
    private static final Logger log = LoggerFactory.getLogger(PictureFolder.class);

    private final Path folder;
    private final Optional<Shape> wanted;

    /// @param wanted empty for the shape of the first picture, by its path
    PictureFolder(Path folder, Optional<Shape> wanted) {
        this.folder = folder;
        this.wanted = wanted;
    }

    static boolean isOne(Path folder) {
        return Files.isDirectory(folder.resolve(Split.TRAIN.id()))
                || Files.isDirectory(folder.resolve(Split.TEST.id()));
    }

    /// Decodes all pictures.
    ///
    /// @param named names of the classes; none where the names of the folders are theirs
    /// @throws UserError naming the file and what is wrong with it
    LabelledImages read(String name, List<String> named) {
        List<Path> train = pictures(Split.TRAIN);
        List<Path> test = Files.isDirectory(folder.resolve(Split.TEST.id())) ? pictures(Split.TEST) : List.of();
        Shape.Image shape = shape(train.getFirst());
        Optional<Part> testPart = test.isEmpty() ? Optional.empty() : Optional.of(part(Split.TEST, test, shape));
        return new InMemory(
                name, named.isEmpty() ? classes(train, test) : named, part(Split.TRAIN, train, shape), testPart);
    }

    /// All pictures of a split, class by class.
    private List<Path> pictures(Split split) {
        Path root = folder.resolve(split.id());
        List<Path> classes = Files.isDirectory(root) ? Listing.folders(root) : List.of();
        if (classes.isEmpty()) {
            throw new UserError(root + ": no folder for each class"
                    + (Files.isDirectory(root) ? "; found: " + Listing.names(root) : ""));
        }
        List<Path> pictures = new ArrayList<>();
        for (Path one : classes) {
            List<Path> all = Listing.files(one);
            List<Path> usable =
                    all.stream().filter(file -> format(file).isPresent()).toList();
            if (usable.isEmpty()) {
                throw new UserError(
                        shown(one) + ": no .png, .jpg or .jpeg in this folder; found: " + Listing.names(one));
            }
            if (usable.size() < all.size()) {
                log.warn(
                        "{}: {} files are no .png, .jpg or .jpeg and are not read",
                        shown(one),
                        all.size() - usable.size());
            }
            pictures.addAll(usable);
        }
        return pictures;
    }

    /// Names that are numbers stay labels, found as they come: `10` would be taken for the index of a class.
    private static List<String> classes(List<Path> train, List<Path> test) {
        TreeSet<String> names = new TreeSet<>();
        train.forEach(file -> names.add(label(file)));
        test.forEach(file -> names.add(label(file)));
        return names.stream().anyMatch(name -> name.matches("\\d+")) ? List.of() : List.copyOf(names);
    }

    private static String label(Path picture) {
        return Listing.name(Objects.requireNonNull(picture.getParent()));
    }

    private Shape.Image shape(Path first) {
        if (wanted.isPresent()) {
            if (wanted.get() instanceof Shape.Image image) {
                return image;
            }
            throw new UserError(
                    "--shape " + wanted.get() + " is a vector's; a picture's is WIDTHxHEIGHT or WIDTHxHEIGHTx3");
        }
        try {
            return decode(first).shape();
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    shown(first) + ": " + e.getMessage() + ": choose a smaller shape for all by --shape", e);
        }
    }

    private Part part(Split split, List<Path> pictures, Shape.Image shape) {
        Memory.check(shown(folder.resolve(split.id())), (long) pictures.size() * shape.bytes());
        byte[] content = new byte[pictures.size() * shape.bytes()];
        IntStream.range(0, pictures.size())
                .parallel()
                .forEach(i -> System.arraycopy(
                        decode(pictures.get(i)).scaledTo(shape), 0, content, i * shape.bytes(), shape.bytes()));
        List<String> labels = pictures.stream().map(PictureFolder::label).toList();
        return new Part(
                new RawImages(split.id(), shape, pictures.size(), content, 0),
                Optional.of(new Labels(split.id(), labels)));
    }

    private Picture decode(Path file) {
        try {
            long size = Files.size(file);
            if (size > Picture.MOST_BYTES) {
                throw new UserError(
                        shown(file) + ": a picture has at most " + Picture.MOST_BYTES + " bytes, not " + size);
            }
            return Picture.read(format(file).orElseThrow(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserError(shown(file) + ": cannot be read: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new UserError(shown(file) + ": " + e.getMessage(), e);
        }
    }

    private static Optional<PictureFormat> format(Path file) {
        String name = Listing.name(file).toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return Optional.of(PictureFormat.PNG);
        }
        return name.endsWith(".jpg") || name.endsWith(".jpeg") ? Optional.of(PictureFormat.JPEG) : Optional.empty();
    }

    /// The path below the data set's folder.
    private String shown(Path path) {
        return folder.relativize(path).toString();
    }
}
