package weft.monitoring.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.wire.InvalidSnapshotException;
import weft.core.wire.QualityEvent;
import weft.core.wire.SnapshotCodec;
import weft.core.wire.Topics;

/// Reads the snapshots and the running quality; one thread drives it.
final class FactsFollower {
    private static final Logger LOG = LoggerFactory.getLogger(FactsFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /// About two hours of three pipelines.
    private static final long QUALITY_BACK = 20_000;

    private final KafkaConsumer<String, byte[]> consumer;
    private final TopicPartition models;
    private final PageState state;

    FactsFollower(KafkaConsumer<String, byte[]> consumer, Topics topics, PageState state) {
        this.consumer = consumer;
        this.state = state;
        models = new TopicPartition(topics.models(), 0);
        TopicPartition quality = new TopicPartition(topics.quality(), 0);
        consumer.assign(List.of(models, quality));
        consumer.seekToBeginning(List.of(models));
        long first = consumer.beginningOffsets(List.of(quality)).getOrDefault(quality, 0L);
        long end = consumer.endOffsets(List.of(quality)).getOrDefault(quality, 0L);
        consumer.seek(quality, Math.max(first, end - QUALITY_BACK));
    }

    /// Takes in what is there.
    void cycle() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            if (record.value() == null) {
                continue;
            }
            try {
                if (record.topic().equals(models.topic())) {
                    Snapshot snapshot = SnapshotCodec.decode(record.value());
                    state.published(snapshot, Instant.ofEpochMilli(record.timestamp()));
                } else {
                    QualityEvent event = QualityEvent.fromJson(record.value());
                    PipelineName.parse(event.pipeline());
                    state.measured(event);
                }
            } catch (InvalidSnapshotException | IllegalArgumentException fault) {
                LOG.debug("offset {} of {} is passed over: {}", record.offset(), record.topic(), fault.getMessage());
            }
        }
    }
}
