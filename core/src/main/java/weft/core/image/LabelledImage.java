package weft.core.image;

import java.util.Optional;

/// An image with the true class that evaluation may know of it.
///
/// @param label empty where nobody gave one
public record LabelledImage(Image image, Optional<Label> label) {}
