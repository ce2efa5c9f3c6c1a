package weft.scorer.models;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether what serves is older than somebody wants it to be. Images are scored all the same.
public final class ModelAge {
    private final Optional<Duration> most;
    private final ModelRegistry models;
    private final SnapshotFeed feed;
    private final Clock clock;

    /// @param most what is older is stale; empty for no limit
    /// @param feed knows when what serves was published
    public ModelAge(
            Optional<Duration> most, ModelRegistry models, SnapshotFeed feed, Clock clock, MeterRegistry meters) {
        this.most = most;
        this.models = models;
        this.feed = feed;
        this.clock = clock;
        if (most.isPresent()) {
            models.models()
                    .forEach(model -> Gauge.builder("weft.scorer.model.stale", this, _ -> stale(model) ? 1 : 0)
                            .description("1 where the snapshot in use is older than --max-model-age")
                            .tag("model", model)
                            .register(meters));
        }
    }

    /// What is too old, a line for each model.
    public List<String> report() {
        return models.models().stream()
                .filter(this::stale)
                .map(model -> "model " + model + ": what serves was published "
                        + Duration.ofSeconds(age(model).orElse(Duration.ZERO).toSeconds()) + " ago, longer than "
                        + most.orElseThrow() + " (--max-model-age)")
                .toList();
    }

    private boolean stale(String model) {
        return most.isPresent()
                && age(model).filter(age -> age.compareTo(most.get()) > 0).isPresent();
    }

    private Optional<Duration> age(String model) {
        OptionalLong at = feed.publishedAt(model);
        return at.isEmpty() ? Optional.empty() : Optional.of(Duration.ofMillis(clock.millis() - at.getAsLong()));
    }
}
