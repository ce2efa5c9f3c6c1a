package weft.kafka.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Since when a part of a service cannot work because of Kafka: told in the log once when it begins and once
/// when it is over, in `/health`, and as a metric.
public final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    /// @param nanos of a clock that never steps
    private record Began(Instant at, long nanos, String why) {}

    private final String part;
    private final Clock clock;
    private volatile @Nullable Began began;

    /// @param part what is in trouble, for people
    public Trouble(String part, Clock clock) {
        this.part = part;
        this.clock = clock;
    }

    /// The same, with the metric `weft_trouble_since_seconds`.
    public static Trouble metered(String part, Clock clock, MeterRegistry meters) {
        Trouble trouble = new Trouble(part, clock);
        TimeGauge.builder("weft.trouble.since", trouble, TimeUnit.MILLISECONDS, Trouble::sinceMillis)
                .description("Since when a part waits for Kafka to work again, since the epoch; 0 while all is well")
                .tag("part", part)
                .register(meters);
        return trouble;
    }

    private double sinceMillis() {
        Began known = began;
        return known == null ? 0 : known.at().toEpochMilli();
    }

    /// Notes a fault; only the first of a trouble is logged, and the last one reported.
    public synchronized void began(Throwable fault) {
        String why = Faults.line(fault);
        Began known = began;
        if (known == null) {
            began = new Began(clock.instant(), System.nanoTime(), why);
            LOG.warn("{}: trouble with Kafka ({}); it is tried again until it works", part, why);
        } else {
            began = new Began(known.at(), known.nanos(), why);
            LOG.debug("{}: still in trouble", part, fault);
        }
    }

    /// Notes that it works.
    public synchronized void over() {
        Began known = began;
        if (known != null) {
            began = null;
            LOG.info(
                    "{}: works again after {} s of trouble with Kafka",
                    part,
                    Duration.ofNanos(System.nanoTime() - known.nanos()).toSeconds());
        }
    }

    /// Since when and why, in a few words; empty while all is well.
    public Optional<String> report() {
        Began known = began;
        return known == null
                ? Optional.empty()
                : Optional.of(part + " in trouble with Kafka since " + known.at() + ": " + known.why());
    }
}
