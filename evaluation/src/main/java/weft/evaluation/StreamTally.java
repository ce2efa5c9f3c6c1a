package weft.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import weft.core.wire.AssignmentEvent;
import weft.evaluation.Report.StreamFigures;

/// Adds the assignments up to what went through and how fast.
final class StreamTally {
    private long[] latencies = new long[1 << 12];
    private int count;
    private Instant firstDue = Instant.MAX;
    private Instant firstScored = Instant.MAX;
    private Instant lastScored = Instant.MIN;

    void add(AssignmentEvent event) {
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * count);
        }
        latencies[count++] =
                Duration.between(event.eventTime(), event.scoredAt()).toMillis();
        firstDue = event.eventTime().isBefore(firstDue) ? event.eventTime() : firstDue;
        firstScored = event.scoredAt().isBefore(firstScored) ? event.scoredAt() : firstScored;
        lastScored = event.scoredAt().isAfter(lastScored) ? event.scoredAt() : lastScored;
    }

    StreamFigures figures(
            long imagesProduced, Map<String, Long> imagesTrained, long deadLetters, Optional<Instant> started) {
        if (count == 0) {
            return new StreamFigures(imagesProduced, imagesTrained, 0, deadLetters, 0, 0, 0, 0, OptionalDouble.empty());
        }
        long[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        double seconds = Duration.between(firstDue, lastScored).toMillis() / 1000.0;
        double first = Duration.between(started.orElse(firstDue), firstScored).toMillis() / 1000.0;
        return new StreamFigures(
                imagesProduced,
                imagesTrained,
                count,
                deadLetters,
                seconds,
                seconds > 0 ? imagesProduced / seconds : 0,
                percentile(sorted, 0.50),
                percentile(sorted, 0.99),
                // Assignments of an earlier run say nothing about this one.
                first < 0 ? OptionalDouble.empty() : OptionalDouble.of(first));
    }

    /// The nearest rank: the smallest value that at least this share does not exceed.
    private static long percentile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
