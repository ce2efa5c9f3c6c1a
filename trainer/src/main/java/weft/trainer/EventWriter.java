package weft.trainer;

import java.time.Clock;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.PipelineName;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.Topics;
import weft.trainer.learn.Happening;

/// Tells what happens to one model, in the transaction at hand.
final class EventWriter {
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

    private final Topics topics;
    private final String model;
    private final TrainerMetrics metrics;
    private final Clock clock;

    EventWriter(Topics topics, String model, TrainerMetrics metrics, Clock clock) {
        this.topics = topics;
        this.model = model;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// @param imagesSeen by the training, which are as many as its model has judged, and its version
    void send(Producer<String, byte[]> producer, Happening happening, long imagesSeen) {
        StreamEvent event = new StreamEvent(
                clock.instant(),
                happening.kind(),
                model,
                imagesSeen,
                imagesSeen,
                happening.pipeline().map(PipelineName::toString),
                happening.details());
        LOG.info("model {}: {} after {} images", event.key(), event.kind().id(), imagesSeen);
        metrics.happened(event.kind());
        // A send that fails makes the commit fail.
        Future<?> _ = producer.send(new ProducerRecord<>(topics.events(), event.key(), event.toJson()));
    }
}
