package weft.core.wire;

import java.util.OptionalInt;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import weft.core.image.Image;
import weft.core.image.LabelledImage;
import weft.core.image.Pixels;
import weft.core.image.Split;

/// Reads the records of the images topic.
///
/// Any program may write there: without headers an image belongs to the train split and to epoch 0.
public final class ImageParser {
    private ImageParser() {}

    /// The image without its label.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no image
    static Image unlabelled(byte @Nullable [] value, Headers headers) {
        if (value == null) {
            throw new IllegalArgumentException("the value is null");
        }
        String split = ImageHeaders.text(headers, ImageHeaders.SPLIT);
        return new Image(
                split == null ? Split.TRAIN : Split.of(split),
                number(headers, ImageHeaders.EPOCH).orElse(0),
                Pixels.of(value));
    }

    /// The image with the label of its header, if it has one.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no image
    public static LabelledImage labelled(byte @Nullable [] value, Headers headers) {
        Image image = unlabelled(value, headers);
        return new LabelledImage(image, number(headers, ImageHeaders.LABEL));
    }

    private static OptionalInt number(Headers headers, String name) {
        String text = ImageHeaders.text(headers, name);
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException fault) {
            throw new IllegalArgumentException("header " + name + " must be a whole number, not '" + text + "'", fault);
        }
    }
}
