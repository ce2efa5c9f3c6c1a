package weft.producer.replay;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Spreads a replay over time.
final class Pacer {
    /// How late a stop may be noticed, in nanoseconds.
    private static final long LONGEST_PARK = 50_000_000;

    private final double perSecond;
    private final Clock clock;
    private final Instant start;
    private long count;

    /// Starts now.
    ///
    /// @param perSecond images a second; 0 for as fast as it goes
    Pacer(double perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        start = clock.instant();
    }

    /// When the next image is due.
    Instant next() {
        if (perSecond == 0) {
            return clock.instant();
        }
        return start.plusNanos((long) (count++ * 1e9 / perSecond));
    }

    /// Waits until then; says whether it came, not `stopped`.
    boolean await(Instant due, BooleanSupplier stopped) {
        long nanos = clock.instant().until(due, ChronoUnit.NANOS);
        while (nanos > 0 && !stopped.getAsBoolean()) {
            LockSupport.parkNanos(Math.min(nanos, LONGEST_PARK));
            nanos = clock.instant().until(due, ChronoUnit.NANOS);
        }
        return !stopped.getAsBoolean();
    }
}
