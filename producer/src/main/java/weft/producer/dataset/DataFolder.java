package weft.producer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.kafka.service.UserError;

/// The user's own folder of images, recognised by what lies there.
///
/// @param shape that pictures are scaled to; empty for the shape of the first
/// @param testShare of the images that are set aside where the folder has no test images
public record DataFolder(Path path, Optional<Shape> shape, OptionalDouble testShare) {
    private static final double USUAL_TEST_SHARE = 0.1;

    /// With every option as it is where the user says nothing.
    public static DataFolder of(Path path) {
        return new DataFolder(path, Optional.empty(), OptionalDouble.empty());
    }

    /// Reads all images.
    ///
    /// @throws UserError naming the file and the bad value, or what lies there where no layout is recognised
    public LabelledImages read() {
        if (!Files.isDirectory(path)) {
            throw new UserError(path + ": " + (Files.exists(path) ? "is no folder" : "no such folder"));
        }
        LabelledImages images = recognise();
        if (images.size(Split.TEST) > 0) {
            if (testShare.isPresent()) {
                throw new UserError(path + ": has test images of its own, so that --test-share has no use");
            }
            return images;
        }
        return TestShare.setAside(images, testShare.orElse(USUAL_TEST_SHARE));
    }

    private LabelledImages recognise() {
        boolean idx = IdxFolder.isOne(Listing.files(path));
        boolean npy = NpyFolder.isOne(path);
        boolean pictures = PictureFolder.isOne(path);
        if (!idx && !npy && !pictures) {
            throw new UserError(path + ": no images of a known layout (train-images-idx3-ubyte[.gz], train/CLASS/*.png"
                    + " or train.npy); found: " + Listing.names(path));
        }
        if (idx ? npy || pictures : npy && pictures) {
            throw new UserError(path + ": images of more than one layout: " + Listing.names(path)
                    + "; put each data set into a folder of its own");
        }
        if (shape.isPresent() && !pictures) {
            throw new UserError(path + ": its arrays have a shape; --shape is for folders of pictures");
        }
        List<String> classes = ClassNames.in(path);
        if (pictures) {
            return new PictureFolder(path, shape).read(name(), classes);
        }
        return npy ? NpyFolder.read(path, name(), classes) : idx(classes);
    }

    private LabelledImages idx(List<String> classes) {
        IdxFolder files = IdxFolder.read(path);
        return FashionMnist.is(files)
                ? files.images(FashionMnist.NAME, FashionMnist.CLASSES)
                : files.images(name(), classes);
    }

    /// The folder's name is the data set's, but for the one that says which data these are.
    private String name() {
        String name = Listing.name(path.toAbsolutePath().normalize())
                .replaceAll("\\p{Cntrl}", "?")
                .strip();
        String usable = name.isEmpty() || name.equals("null") || name.equals(FashionMnist.NAME) ? "data" : name;
        return usable.substring(0, Math.min(usable.length(), Dataset.LONGEST_NAME));
    }
}
