package weft.kafka.wire;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import weft.core.image.Dataset;

/// The trainer's way to read images: what it yields has no label, and the label's header is gone from the
/// record.
///
/// A record that is no image is empty: the scorer, who sees it too, writes the dead letter.
public final class ImageDeserializer implements Deserializer<Optional<TimedImage>> {
    private final ImageParser parser;

    /// For a stream of this data set.
    public ImageDeserializer(Dataset dataset) {
        parser = new ImageParser(dataset);
    }

    @Override
    public Optional<TimedImage> deserialize(String topic, byte[] data) {
        throw new UnsupportedOperationException("an image needs its headers");
    }

    @Override
    public Optional<TimedImage> deserialize(String topic, Headers headers, byte[] data) {
        try {
            return Optional.of(parser.unlabelled(data, headers));
        } catch (IllegalArgumentException notAnImage) {
            return Optional.empty();
        } finally {
            headers.remove(ImageHeaders.LABEL);
        }
    }
}
