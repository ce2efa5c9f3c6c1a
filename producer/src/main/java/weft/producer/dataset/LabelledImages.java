package weft.producer.dataset;

import java.util.Optional;
import weft.core.image.Dataset;
import weft.core.image.Split;

/// A data set that can be replayed: images of both splits, each with its label where it has one; immutable.
public interface LabelledImages {
    /// What all the images have in common.
    Dataset describe();

    /// How many images a split has: at least one to train on, perhaps none to test on.
    int size(Split split);

    /// A fresh copy of an image's values as they are on the wire, [weft.core.image.Shape#bytes] of them.
    ///
    /// @throws IndexOutOfBoundsException outside 0 to [#size] - 1
    byte[] raw(Split split, int index);

    /// The true class of an image: the index of a named class in digits; any text where classes have no names.
    ///
    /// @throws IndexOutOfBoundsException outside 0 to [#size] - 1
    Optional<String> label(Split split, int index);
}
