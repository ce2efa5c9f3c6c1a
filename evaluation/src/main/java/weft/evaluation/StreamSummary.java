package weft.evaluation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import weft.core.image.Dataset;
import weft.evaluation.Report.StreamFigures;
import weft.kafka.service.Futures;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.AssignmentTimes;
import weft.kafka.wire.Topics;

/// What went through, as the topics tell it; no model has a part in it, so it can be read while models still learn.
public final class StreamSummary {
    /// Behind the last image of the first epoch, the only one that is scored in the end.
    private final Map<TopicPartition, Long> firstEpoch = new HashMap<>();

    private long records;
    private long images;
    private final long deadLetters;
    private final StreamTally assignments;

    private StreamSummary(KafkaConnection kafka, Topics topics, Dataset dataset) {
        // On another core meanwhile.
        CompletableFuture<StreamTally> reading = Futures.start(() -> assignments(kafka, topics));
        try (LoggedImages log = LoggedImages.open(kafka, topics, dataset)) {
            log.readRecords((record, logged) -> {
                records++;
                logged.ifPresent(one -> {
                    images++;
                    if (one.image().image().epoch() == 0) {
                        firstEpoch.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                    }
                });
            });
        }
        AtomicLong dead = new AtomicLong();
        Log.read(kafka, topics.deadLetters(), _ -> dead.incrementAndGet());
        deadLetters = dead.get();
        assignments = Futures.join(reading);
    }

    /// Reads what is on the topics of images, assignments and dead letters now.
    public static StreamSummary read(KafkaConnection kafka, Topics topics, Dataset dataset) {
        return new StreamSummary(kafka, topics, dataset);
    }

    private static StreamTally assignments(KafkaConnection kafka, Topics topics) {
        StreamTally tally = new StreamTally();
        Log.read(
                kafka,
                topics.assignments(),
                record -> Log.parsed(record, AssignmentTimes::of).ifPresent(tally::add));
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
        return assignments.figures(records, trained, deadLetters, started);
    }
}
