package weft.scorer.models;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import weft.kafka.wire.InvalidSnapshotException.Reason;

/// What Prometheus is told of the snapshots in use and of those that were refused.
final class InUseMetrics {
    private final MeterRegistry meters;
    private final Map<String, AtomicLong> versions = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> published = new ConcurrentHashMap<>();

    InUseMetrics(MeterRegistry meters, Iterable<String> models) {
        this.meters = meters;
        // There from the start, so that an alert sees the first refusal as a rise.
        models.forEach(model -> Arrays.stream(Reason.values()).forEach(reason -> refusals(model, reason)));
    }

    void inUse(String model, long version) {
        versions.computeIfAbsent(model, this::version).set(version);
    }

    void publishedAt(String model, long millis) {
        published.computeIfAbsent(model, this::published).set(millis);
    }

    /// When what serves a model was published, in milliseconds; empty before the first.
    OptionalLong publishedAt(String model) {
        AtomicLong at = published.get(model);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at.get());
    }

    void refused(String model, Reason reason) {
        refusals(model, reason).increment();
    }

    private Counter refusals(String model, Reason reason) {
        return Counter.builder("weft.scorer.snapshots.refused")
                .description("Snapshots that were refused, by reason")
                .tag("model", model)
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private AtomicLong version(String model) {
        AtomicLong value = new AtomicLong();
        Gauge.builder("weft.scorer.model.version", value, AtomicLong::get)
                .description("Version of the snapshot in use")
                .tag("model", model)
                .register(meters);
        return value;
    }

    private AtomicLong published(String model) {
        AtomicLong value = new AtomicLong();
        TimeGauge.builder("weft.scorer.model.published", value, TimeUnit.MILLISECONDS, AtomicLong::get)
                .description("When the snapshot in use was published, since the epoch")
                .tag("model", model)
                .register(meters);
        return value;
    }
}
