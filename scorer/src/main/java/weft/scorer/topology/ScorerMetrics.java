package weft.scorer.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import weft.core.model.PipelineName;
import weft.core.wire.QualityEvent;

/// What the scorer tells Prometheus.
public final class ScorerMetrics {
    private final MeterRegistry registry;
    private final Map<PipelineName, Counter> assignments = new ConcurrentHashMap<>();
    private final Map<String, AtomicReference<Double>> quality = new ConcurrentHashMap<>();
    private final Counter images;
    private final Counter deadLetters;
    private final Timer latency;

    public ScorerMetrics(MeterRegistry registry) {
        this.registry = registry;
        images = Counter.builder("weft.scorer.images")
                .description("Images scored")
                .register(registry);
        deadLetters = Counter.builder("weft.scorer.dead.letters")
                .description("Records that are no images, put on the dead-letters topic")
                .register(registry);
        latency = Timer.builder("weft.scorer.latency")
                .description("From the time an image was due to be sent to its assignments")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(registry);
    }

    void scored(long ageMillis) {
        images.increment();
        latency.record(Duration.ofMillis(Math.max(0, ageMillis)));
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void assigned(PipelineName pipeline) {
        assignments
                .computeIfAbsent(
                        pipeline,
                        name -> Counter.builder("weft.scorer.assignments")
                                .description("Assignments handed out")
                                .tag("pipeline", name.toString())
                                .register(registry))
                .increment();
    }

    void measured(QualityEvent event) {
        event.figures()
                .forEach((figure, value) -> quality.computeIfAbsent(
                                event.pipeline() + "/" + figure, _ -> gauge(event.pipeline(), figure))
                        .set(value));
    }

    private AtomicReference<Double> gauge(String pipeline, String figure) {
        AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
        Gauge.builder("weft.quality", value, AtomicReference::get)
                .description("Running figures of the quality topic, by name")
                .tag("pipeline", pipeline)
                .tag("figure", figure)
                .register(registry);
        return value;
    }
}
