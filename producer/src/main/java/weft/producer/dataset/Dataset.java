package weft.producer.dataset;

import java.nio.file.Path;
import weft.core.image.FashionClasses;
import weft.core.image.Split;
import weft.kafka.service.UserError;

/// Labelled images of both splits in the order of their files, in memory and immutable.
public final class Dataset {
    private final Part train;
    private final Part test;

    private Dataset(Part train, Part test) {
        this.train = train;
        this.test = test;
    }

    /// Reads any data set in the form of MNIST: the four files, each compressed or plain.
    ///
    /// @throws UserError naming the file and the bad value, where one is missing or not what it should be
    public static Dataset read(Path folder) {
        return read(folder, Checksums.ANY);
    }

    static Dataset read(Path folder, Checksums checksums) {
        return new Dataset(
                Part.read(folder, checksums, DataFile.TRAIN_IMAGES, DataFile.TRAIN_LABELS),
                Part.read(folder, checksums, DataFile.TEST_IMAGES, DataFile.TEST_LABELS));
    }

    /// How many images a split has, at least one.
    public int size(Split split) {
        return part(split).images.count();
    }

    /// A fresh copy of an image's 784 unsigned bytes, row by row.
    ///
    /// @throws IndexOutOfBoundsException outside 0 to [#size] - 1
    public byte[] pixels(Split split, int index) {
        return part(split).images.item(index);
    }

    /// The true class of an image, from 0 to 9.
    ///
    /// @throws IndexOutOfBoundsException outside 0 to [#size] - 1
    public int label(Split split, int index) {
        return part(split).labels.unsignedByte(index);
    }

    private Part part(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case TEST -> test;
        };
    }

    private record Part(IdxFile images, IdxFile labels) {
        Part {
            if (labels.count() != images.count()) {
                throw new UserError(labels.name() + ": " + labels.count() + " labels for the " + images.count()
                        + " images of " + images.name());
            }
            for (int i = 0; i < labels.count(); i++) {
                if (labels.unsignedByte(i) >= FashionClasses.COUNT) {
                    throw new UserError(labels.name() + ": label must be 0 to " + (FashionClasses.COUNT - 1) + ", not "
                            + labels.unsignedByte(i) + " (item " + i + ")");
                }
            }
        }

        static Part read(Path folder, Checksums checksums, DataFile images, DataFile labels) {
            return new Part(checked(folder, checksums, images), checked(folder, checksums, labels));
        }

        private static IdxFile checked(Path folder, Checksums checksums, DataFile file) {
            var content = file.read(folder);
            checksums.check(file, content);
            return content;
        }
    }
}
