package weft.evaluation;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import weft.core.image.LabelledImage;
import weft.core.image.Pixels;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.ImageParser;
import weft.kafka.wire.Topics;

/// The images of the log, without what went to the dead letters; the same ones however often they are read.
final class LoggedImages implements AutoCloseable {
    private final Log log;
    private final float[] pixels = new float[Pixels.COUNT];

    private LoggedImages(Log log) {
        this.log = log;
    }

    /// The images that are on the topic now.
    static LoggedImages open(KafkaConnection kafka, Topics topics) {
        return new LoggedImages(Log.open(kafka, topics.images()));
    }

    /// Takes one image.
    interface Visitor {
        /// Called once for each image in the log's order.
        ///
        /// @param pixels its values from 0 to 1, in a buffer that the next call overwrites
        void image(String id, LabelledImage image, float[] pixels);
    }

    /// Reads all; says how many records there are, images or not.
    long read(Visitor visitor) {
        long[] records = {0};
        log.read(record -> {
            records[0]++;
            visit(record, visitor);
        });
        return records[0];
    }

    private void visit(ConsumerRecord<String, byte[]> record, Visitor visitor) {
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
    }

    @Override
    public void close() {
        log.close();
    }
}
