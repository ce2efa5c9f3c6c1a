package weft.monitoring.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// How fast a count rises, over the last seconds.
///
/// Its times may be of another machine's clock, or of one that was set back: then it begins anew.
///
/// Not for several threads without a lock.
final class Flow {
    private static final Duration SPAN = Duration.ofSeconds(6);

    private record Reading(Instant at, double count) {}

    private final Deque<Reading> readings = new ArrayDeque<>();

    /// Takes a reading; a count that falls is another stream's.
    void read(Instant at, double count) {
        if (!readings.isEmpty()
                && (count < readings.getLast().count()
                        || at.isBefore(readings.getLast().at().minus(SPAN)))) {
            readings.clear();
        }
        if (!readings.isEmpty() && !at.isAfter(readings.getLast().at())) {
            return;
        }
        readings.addLast(new Reading(at, count));
        while (readings.size() > 2 && readings.getFirst().at().isBefore(at.minus(SPAN))) {
            readings.removeFirst();
        }
    }

    /// Per second, as seen from `now`: what has not moved for a while is still.
    double perSecond(Instant now) {
        if (readings.size() < 2 || still(readings.getLast().at(), now)) {
            return 0;
        }
        Reading first = readings.getFirst();
        Reading last = readings.getLast();
        double seconds = Duration.between(first.at(), last.at()).toMillis() / 1e3;
        return seconds <= 0 ? 0 : (last.count() - first.count()) / seconds;
    }

    private static boolean still(Instant last, Instant now) {
        return Duration.between(last, now).abs().compareTo(SPAN) > 0;
    }

    /// A ring of latencies and their quantiles.
    static final class Latencies {
        private final double[] seconds;
        private int at;
        private int size;

        Latencies(int capacity) {
            seconds = new double[capacity];
        }

        void add(Duration latency) {
            seconds[at] = latency.toNanos() / 1e9;
            at = (at + 1) % seconds.length;
            size = Math.min(size + 1, seconds.length);
        }

        /// The quantile, or NaN before the first.
        double quantile(double share) {
            if (size == 0) {
                return Double.NaN;
            }
            double[] sorted = Arrays.copyOf(seconds, size);
            Arrays.sort(sorted);
            return sorted[(int) Math.min(size - 1, Math.floor(share * size))];
        }
    }
}
