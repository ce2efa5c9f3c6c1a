package weft.core.image;

import java.util.OptionalInt;

/// An image with the true class that evaluation may know of it.
///
/// @param label from 0 to [FashionClasses#COUNT] - 1, empty where nobody gave one
public record LabelledImage(Image image, OptionalInt label) {
    public LabelledImage {
        if (label.isPresent() && (label.getAsInt() < 0 || label.getAsInt() >= FashionClasses.COUNT)) {
            throw new IllegalArgumentException(
                    "label must be 0 to " + (FashionClasses.COUNT - 1) + ", not " + label.getAsInt());
        }
    }
}
