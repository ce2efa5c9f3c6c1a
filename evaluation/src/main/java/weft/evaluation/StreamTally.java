package weft.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import weft.evaluation.Report.LatencyMillis;
import weft.evaluation.Report.StreamFigures;
import weft.kafka.wire.AssignmentTimes;

/// Adds the assignments up to what went through and how fast.
final class StreamTally {
    /// Millisecond latencies to three significant digits, in bounded memory however many there are.
    private final Histogram latencies = new Histogram(3);
    private Instant firstDue = Instant.MAX;
    private Instant firstScored = Instant.MAX;
    private Instant lastScored = Instant.MIN;

    void add(AssignmentTimes times) {
        Instant due = times.eventTime();
        Instant scored = times.scoredAt();
        // Clocks of two machines may differ.
        latencies.recordValue(Math.max(0, Duration.between(due, scored).toMillis()));
        firstDue = due.isBefore(firstDue) ? due : firstDue;
        firstScored = scored.isBefore(firstScored) ? scored : firstScored;
        lastScored = scored.isAfter(lastScored) ? scored : lastScored;
    }

    StreamFigures figures(
            long imagesProduced, Map<String, Long> imagesTrained, long deadLetters, Optional<Instant> started) {
        long count = latencies.getTotalCount();
        if (count == 0) {
            return new StreamFigures(
                    imagesProduced,
                    imagesTrained,
                    0,
                    deadLetters,
                    0,
                    0,
                    new LatencyMillis(0, 0),
                    OptionalDouble.empty());
        }
        double seconds = Duration.between(firstDue, lastScored).toMillis() / 1000.0;
        double first = Duration.between(started.orElse(firstDue), firstScored).toMillis() / 1000.0;
        return new StreamFigures(
                imagesProduced,
                imagesTrained,
                count,
                deadLetters,
                seconds,
                seconds > 0 ? imagesProduced / seconds : 0,
                new LatencyMillis(latencies.getValueAtPercentile(50), latencies.getValueAtPercentile(99)),
                // Assignments of an earlier run say nothing about this one.
                first < 0 ? OptionalDouble.empty() : OptionalDouble.of(first));
    }
}
