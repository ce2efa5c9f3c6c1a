package weft.evaluation;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import weft.core.image.Dataset;
import weft.core.image.LabelledImage;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.ImageIds;
import weft.kafka.wire.ImageParser;
import weft.kafka.wire.Topics;

/// The images of the log, without what went to the dead letters; the same ones however often they are read.
final class LoggedImages implements AutoCloseable {
    private final Log log;
    private final ImageParser parser;
    private final float[] values;

    private LoggedImages(Log log, Dataset dataset) {
        this.log = log;
        parser = new ImageParser(dataset);
        values = new float[dataset.shape().values()];
    }

    /// The images that are on the topic now.
    static LoggedImages open(KafkaConnection kafka, Topics topics, Dataset dataset) {
        return new LoggedImages(Log.open(kafka, topics.images()), dataset);
    }

    /// Takes one image.
    interface Visitor {
        /// Called once for each image in the log's order.
        ///
        /// @param values its values, pixels from 0 to 1, in a buffer that the next call overwrites
        void image(String id, LabelledImage image, float[] values);
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
        LabelledImage image;
        String id;
        try {
            id = ImageIds.of(record.key(), record.partition(), record.offset());
            image = parser.labelled(record.value(), record.headers());
        } catch (IllegalArgumentException deadLetter) {
            return;
        }
        image.image().values().toFloats(values, 0);
        visitor.image(id, image, values);
    }

    @Override
    public void close() {
        log.close();
    }
}
