package weft.kafka.service;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/// A clock for durations: it starts at a given time and goes on by the machine's monotonic clock, so it never
/// steps, whatever somebody does to the wall clock.
public final class SteadyClock extends Clock {
    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanos;

    /// Starts now.
    ///
    /// @param nanos as [System#nanoTime]
    public SteadyClock(Clock wall, LongSupplier nanos) {
        start = wall.instant();
        this.nanos = nanos;
        startNanos = nanos.getAsLong();
    }

    /// One that goes on by the machine's own monotonic clock.
    public static SteadyClock from(Clock wall) {
        return new SteadyClock(wall, System::nanoTime);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("times are told in UTC");
    }
}
