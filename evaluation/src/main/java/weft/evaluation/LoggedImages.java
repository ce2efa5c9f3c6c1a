package weft.evaluation;

import weft.core.image.LabelledImage;
import weft.core.image.Pixels;
import weft.core.service.KafkaConnection;
import weft.core.wire.ImageParser;
import weft.core.wire.Topics;

/// The images of the log, without what went to the dead letters.
public final class LoggedImages {
    private LoggedImages() {}

    /// Takes one image.
    public interface Visitor {
        /// Called once for each image in the log's order.
        ///
        /// @param pixels its values from 0 to 1, in a buffer that the next call overwrites
        void image(String id, LabelledImage image, float[] pixels);
    }

    /// Reads the log from its beginning to where it ends now; says how many records it has, images or not.
    public static long read(KafkaConnection kafka, Topics topics, Visitor visitor) {
        float[] pixels = new float[Pixels.COUNT];
        long[] records = {0};
        Log.read(kafka, topics.images(), record -> {
            records[0]++;
            if (record.key() == null || record.key().isEmpty()) {
                return;
            }
            LabelledImage image;
            try {
                image = ImageParser.labelled(record.value(), record.headers());
            } catch (IllegalArgumentException deadLetter) {
                return;
            }
            image.image().pixels().toUnitInterval(pixels, 0);
            visitor.image(record.key(), image, pixels);
        });
        return records[0];
    }
}
