package weft.evaluation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.Dataset;
import weft.evaluation.LoggedImages.Logged;
import weft.evaluation.Report.StreamFigures;
import weft.kafka.service.ForeignRecords;
import weft.kafka.service.Futures;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.AssignmentTimes;
import weft.kafka.wire.Topics;

/// What went through, as the topics tell it; no model has a part in it, so it can be read while models still learn.
public final class StreamSummary {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSummary.class);

    /// Behind the last image of the first epoch, the only one that is scored in the end.
    private final Map<TopicPartition, Long> firstEpoch = new HashMap<>();

    private final KafkaConnection kafka;
    private final Topics topics;
    private final CompletableFuture<StreamTally> assignments;
    private long records;
    private long images;

    private StreamSummary(KafkaConnection kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
        assignments = Futures.start(() -> assignments(kafka, topics));
    }

    /// Reads what is on the topics of images and assignments now.
    public static StreamSummary read(KafkaConnection kafka, Topics topics, Dataset dataset) {
        try (LoggedImages log = LoggedImages.open(kafka, topics, dataset)) {
            StreamSummary summary = begin(kafka, topics);
            log.readRecords(summary::count);
            Futures.join(summary.assignments);
            return summary;
        }
    }

    /// Reads the assignments on another core, while the caller reads the images and has them counted.
    static StreamSummary begin(KafkaConnection kafka, Topics topics) {
        return new StreamSummary(kafka, topics);
    }

    /// Counts the next record of the images topic.
    void count(ConsumerRecord<String, byte[]> record, Optional<Logged> logged) {
        records++;
        logged.ifPresent(one -> {
            images++;
            if (one.image().image().epoch() == 0) {
                firstEpoch.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
        });
    }

    private static StreamTally assignments(KafkaConnection kafka, Topics topics) {
        StreamTally tally = new StreamTally();
        Log.read(
                kafka,
                topics.assignments(),
                record -> ForeignRecords.parsed(record, one -> AssignmentTimes.of(one.value()), LOG)
                        .ifPresent(tally::add));
        return tally;
    }

    /// Images of the log, every epoch counted.
    long images() {
        return images;
    }

    /// For each partition the offset behind the last image of the first epoch.
    Map<TopicPartition, Long> firstEpoch() {
        return Map.copyOf(firstEpoch);
    }

    /// @param trained images that each model has learnt from
    /// @param started when the command started whose stream this was
    StreamFigures figures(Map<String, Long> trained, Optional<Instant> started) {
        AtomicLong deadLetters = new AtomicLong();
        Log.read(kafka, topics.deadLetters(), _ -> deadLetters.incrementAndGet());
        return Futures.join(assignments).figures(records, trained, deadLetters.get(), started);
    }
}
