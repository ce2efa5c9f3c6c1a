package weft.scorer.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import weft.core.model.PipelineName;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigure.Measured;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.GlobalQuality;

/// What the scorer tells Prometheus.
public final class ScorerMetrics {
    private final MeterRegistry registry;
    private final Map<PipelineName, Counter> assignments = new ConcurrentHashMap<>();
    private final Map<String, AtomicReference<Double>> quality = new ConcurrentHashMap<>();
    private final Counter images;
    private final Counter deadLetters;
    private final Timer latency;
    private final Counter labelsJoined;
    private final Counter labelsUnmatched;
    private final Counter labelsTurnedAway;
    private final Counter imagesTurnedAway;
    private final AtomicLong awaiting = new AtomicLong();
    private final AtomicReference<Double> eventAge = new AtomicReference<>(Double.NaN);
    private final ClusterGauges clusters;

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
        Gauge.builder("weft.scorer.event.age", eventAge, AtomicReference::get)
                .description("Age of the image scored last, by its event time")
                .baseUnit("seconds")
                .register(registry);
        clusters = new ClusterGauges(registry);
        labelsJoined = labels("joined");
        labelsUnmatched = labels("unmatched");
        labelsTurnedAway = labels("turned_away");
        imagesTurnedAway = Counter.builder("weft.scorer.awaiting.turned.away")
                .description("Images without a label that cannot wait for one because too many wait")
                .register(registry);
        Gauge.builder("weft.scorer.awaiting.images", awaiting, AtomicLong::get)
                .description("Images that wait for a label")
                .register(registry);
    }

    private Counter labels(String outcome) {
        return Counter.builder("weft.scorer.labels")
                .description("Labels of the labels topic: joined (an image each), unmatched (no image came in time), "
                        + "turned_away (too many wait)")
                .tag("outcome", outcome)
                .register(registry);
    }

    void scored(long ageMillis) {
        images.increment();
        eventAge.set(ageMillis / 1000.0);
        latency.record(Duration.ofMillis(Math.max(0, ageMillis)));
    }

    void deadLetter() {
        deadLetters.increment();
    }

    Counter assignments(PipelineName pipeline) {
        return assignments.computeIfAbsent(
                pipeline,
                name -> Counter.builder("weft.scorer.assignments")
                        .description("Assignments emitted")
                        .tag("pipeline", name.toString())
                        .register(registry));
    }

    void labelJoined(int images) {
        labelsJoined.increment(images);
    }

    void labelsUnmatched(int labels) {
        labelsUnmatched.increment(labels);
    }

    void labelTurnedAway() {
        labelsTurnedAway.increment();
    }

    void imageTurnedAway() {
        imagesTurnedAway.increment();
    }

    void awaiting(int more) {
        awaiting.addAndGet(more);
    }

    void measured(QualityEvent event, Collection<QualityPartial> partials, GlobalQuality figures) {
        clusters.measured(event.pipeline(), partials, figures);
        for (Measured one : event.figures()) {
            quality.computeIfAbsent(event.pipeline() + "/" + one.name(), _ -> gauge(event.pipeline(), one.name()))
                    .set(one.value());
        }
    }

    /// Another instance tells the figures from now on.
    void forgetQuality() {
        quality.clear();
        clusters.forget();
        registry.find("weft.quality").gauges().forEach(registry::remove);
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
