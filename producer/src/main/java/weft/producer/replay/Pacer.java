package weft.producer.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Spreads a replay over time, by a clock that never steps.
///
/// The rate is an upper bound: what is late by more than a second is not made up for. After the machine has
/// slept the replay goes on from there, at its rate.
final class Pacer {
    /// What is made up for: the pauses of an ordinary process.
    static final Duration CATCH_UP = Duration.ofSeconds(1);

    /// How late a stop may be noticed, in nanoseconds.
    private static final long LONGEST_PARK = 50_000_000;

    private final Pace pace;
    private final Clock steady;
    private final Clock wall;
    private Instant from;
    private long count;
    private boolean ready;

    /// Starts now.
    ///
    /// @param steady for the pace
    /// @param wall for the times that are told
    Pacer(Pace pace, Clock steady, Clock wall) {
        this.pace = pace;
        this.steady = steady;
        this.wall = wall;
        from = steady.instant();
    }

    /// Waits until the next image is due.
    ///
    /// @return when it was due by the wall clock as it goes now, or nothing where it was `stopped`
    Optional<Instant> next(BooleanSupplier stopped) {
        ready = ready || pace.ready().getAsBoolean();
        if (pace.fullSpeed() && ready) {
            return stopped.getAsBoolean() ? Optional.empty() : Optional.of(wall.instant());
        }
        double perSecond = pace.fullSpeed() ? Pace.MEANWHILE : pace.perSecond();
        Instant due = from.plusNanos((long) (count * 1e9 / perSecond));
        Instant now = steady.instant();
        if (due.isBefore(now.minus(CATCH_UP))) {
            from = now;
            count = 0;
            due = now;
        }
        count++;
        while (now.isBefore(due) && !stopped.getAsBoolean()) {
            LockSupport.parkNanos(Math.min(now.until(due, ChronoUnit.NANOS), LONGEST_PARK));
            now = steady.instant();
        }
        return stopped.getAsBoolean()
                ? Optional.empty()
                : Optional.of(wall.instant().minus(Duration.between(due, now)));
    }
}
