package weft.core.image;

import java.util.OptionalInt;

/// The true class that somebody has told of an image.
///
/// @param name by which people know it
/// @param index of the class where classes are named, else the number that the label is, if it is one
public record Label(String name, OptionalInt index) {}
