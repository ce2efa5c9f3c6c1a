package weft.kafka.wire;

import java.util.OptionalInt;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import weft.core.image.Image;
import weft.core.image.LabelledImage;
import weft.core.image.Pixels;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.kafka.content.ContentDecoder;

/// Reads the records of the images topic.
///
/// Any program may write there: without headers an image belongs to the train split and to epoch 0.
public final class ImageParser {
    private static final ContentDecoder CONTENTS = new ContentDecoder(new Shape.Image(Pixels.SIDE, Pixels.SIDE, 1));

    private ImageParser() {}

    /// The image without its label.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no image
    static Image unlabelled(byte @Nullable [] value, Headers headers) {
        if (value == null) {
            throw new IllegalArgumentException("the value is null");
        }
        var _ = ImageHeaders.eventTime(headers, 0);
        String split = ImageHeaders.text(headers, ImageHeaders.SPLIT);
        byte[] raw = CONTENTS.decode(ImageHeaders.text(headers, ImageHeaders.CONTENT_TYPE), value);
        return new Image(split == null ? Split.TRAIN : Split.of(split), epoch(headers), Pixels.of(raw));
    }

    /// The image with the label of its header, if it has one.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no image
    public static LabelledImage labelled(byte @Nullable [] value, Headers headers) {
        Image image = unlabelled(value, headers);
        String label = ImageHeaders.text(headers, ImageHeaders.LABEL);
        return new LabelledImage(image, label == null ? OptionalInt.empty() : OptionalInt.of(LabelParser.label(label)));
    }

    private static int epoch(Headers headers) {
        String text = ImageHeaders.text(headers, ImageHeaders.EPOCH);
        if (text == null) {
            return 0;
        }
        if (!Digits.canonical(text)) {
            throw new IllegalArgumentException("header epoch must be a whole number, not " + Digits.shown(text));
        }
        return Integer.parseInt(text);
    }
}
