package weft.kafka.wire;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import weft.core.image.Dataset;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.LabelledImage;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.kafka.content.ContentDecoder;

/// Reads the records of the images topic, for everybody: what it refuses is nobody's image.
///
/// Any program may write there: without headers an image belongs to the train split and to epoch 0.
public final class ImageParser {
    private final Shape shape;
    private final ContentDecoder contents;
    private final LabelParser labels;

    /// For a stream of this data set.
    public ImageParser(Dataset dataset) {
        shape = dataset.shape();
        contents = new ContentDecoder(shape);
        labels = new LabelParser(dataset);
    }

    /// The image without its label, which is checked none the less.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no image
    TimedImage unlabelled(byte @Nullable [] value, Headers headers) {
        return parse(value, headers).timed();
    }

    /// The image with the label of its header, if it has one.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no image
    public LabelledImage labelled(byte @Nullable [] value, Headers headers) {
        return parse(value, headers).labelled();
    }

    /// The image with all that its headers say of it.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no image
    public ParsedImage parse(byte @Nullable [] value, Headers headers) {
        if (value == null) {
            throw new IllegalArgumentException("the value is null");
        }
        Optional<Instant> eventTime = ImageHeaders.eventTime(headers);
        String split = ImageHeaders.text(headers, ImageHeaders.SPLIT);
        byte[] raw = contents.decode(ImageHeaders.text(headers, ImageHeaders.CONTENT_TYPE), value);
        Image image =
                new Image(split == null ? Split.TRAIN : Split.of(split), epoch(headers), ImageValues.of(shape, raw));
        String label = ImageHeaders.text(headers, ImageHeaders.LABEL);
        return new ParsedImage(
                new TimedImage(image, eventTime), label == null ? Optional.empty() : Optional.of(labels.label(label)));
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
