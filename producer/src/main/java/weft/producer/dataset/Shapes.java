package weft.producer.dataset;

import java.util.Arrays;
import java.util.stream.Collectors;
import weft.core.image.Shape;
import weft.kafka.service.UserError;

/// The shape of the images of an array.
final class Shapes {
    private Shapes() {}

    /// The shape of one item of unsigned bytes.
    ///
    /// @param sizes of an item: none for a single value; a row of values is an image one pixel high; height, width;
    ///     height, width, channels
    /// @throws UserError that names the file, where no image has such sizes
    static Shape.Image image(String name, int... sizes) {
        for (int size : sizes) {
            if (size < 1 || size > Shape.MOST_VALUES) {
                throw new UserError(name + ": images must have 1 to " + Shape.MOST_VALUES + " values, not "
                        + Arrays.stream(sizes)
                                .mapToObj(Integer::toUnsignedString)
                                .collect(Collectors.joining(" x ")));
            }
        }
        try {
            return switch (sizes.length) {
                case 0 -> new Shape.Image(1, 1, 1);
                case 1 -> new Shape.Image(sizes[0], 1, 1);
                case 2 -> new Shape.Image(sizes[1], sizes[0], 1);
                case 3 -> new Shape.Image(sizes[1], sizes[0], sizes[2]);
                default -> throw new IllegalArgumentException("images have at most 3 dimensions, not " + sizes.length);
            };
        } catch (IllegalArgumentException e) {
            throw new UserError(name + ": " + e.getMessage(), e);
        }
    }
}
