package weft.evaluation;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
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

    /// The images before these offsets.
    static LoggedImages before(KafkaConnection kafka, Map<TopicPartition, Long> ends, Dataset dataset) {
        return new LoggedImages(Log.before(kafka, ends), dataset);
    }

    /// An image and its id.
    record Logged(String id, LabelledImage image) {}

    /// Takes one image.
    interface Visitor {
        /// Called once for each image in the log's order.
        ///
        /// @param values its values, pixels from 0 to 1, in a buffer that the next call overwrites
        void image(String id, LabelledImage image, float[] values);
    }

    /// Reads all images.
    void read(Visitor visitor) {
        read((_, _) -> {}, visitor);
    }

    /// Reads all images.
    ///
    /// @param seen takes every record before, image or not
    void read(BiConsumer<ConsumerRecord<String, byte[]>, Optional<Logged>> seen, Visitor visitor) {
        readRecords((record, logged) -> {
            seen.accept(record, logged);
            logged.ifPresent(one -> {
                one.image.image().values().toFloats(values, 0);
                visitor.image(one.id, one.image, values);
            });
        });
    }

    /// Reads all records, images or not.
    void readRecords(BiConsumer<ConsumerRecord<String, byte[]>, Optional<Logged>> visitor) {
        log.read(record -> visitor.accept(record, logged(record)));
    }

    /// Empty for what went to the dead letters.
    private Optional<Logged> logged(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(new Logged(
                    ImageIds.of(record.key(), record.partition(), record.offset()),
                    parser.labelled(record.value(), record.headers())));
        } catch (IllegalArgumentException deadLetter) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
