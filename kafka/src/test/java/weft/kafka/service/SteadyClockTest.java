package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    @Test
    void goesOnByTheMonotonicClockAlone() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        SteadyClock clock = new SteadyClock(Clock.fixed(start, ZoneOffset.UTC), nanos::get);
        assertThat(clock.instant()).isEqualTo(start);
        // The monotonic clock may begin anywhere, and run over.
        nanos.addAndGet(1_500_000_000);
        assertThat(clock.instant()).isEqualTo(start.plusMillis(1_500));
    }
}
