package weft.trainer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import weft.core.model.Snapshot;
import weft.kafka.wire.StreamEvent;
import weft.trainer.learn.Publication;

/// What one model's training tells Prometheus.
final class TrainerMetrics {
    private static final List<StreamEvent.Kind> RAISED = List.of(
            StreamEvent.Kind.DRIFT,
            StreamEvent.Kind.DRIFT_OVER,
            StreamEvent.Kind.BIRTH,
            StreamEvent.Kind.DEATH,
            StreamEvent.Kind.SPLIT,
            StreamEvent.Kind.MERGE,
            StreamEvent.Kind.DIVERGENCE);

    private final MeterRegistry registry;
    private final String model;
    private final AtomicLong imagesSeen = new AtomicLong();
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong diverged = new AtomicLong();
    private final AtomicLong drifting = new AtomicLong();
    private final Map<String, AtomicReference<Double>> losses = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> reseeds = new ConcurrentHashMap<>();
    private final AtomicReference<Double> eventAge = new AtomicReference<>(Double.NaN);
    private final AtomicReference<Double> drift = new AtomicReference<>(Double.NaN);
    private final Counter images;
    private final Counter publications;
    private final Counter unreadable;
    private final Timer milestones;

    TrainerMetrics(MeterRegistry registry, String model) {
        this.registry = registry;
        this.model = model;
        gauge("weft.trainer.images.seen", "Training images learnt from, every epoch counted", imagesSeen);
        gauge("weft.model.version", "Version of the newest published snapshot", version);
        gauge("weft.trainer.drifting", "1 from a drift of the stream until it is over", drifting);
        gauge("weft.trainer.diverged", "1 once the training has diverged and publishes no more", diverged);
        Gauge.builder("weft.trainer.event.age", eventAge, AtomicReference::get)
                .description("Age of the image learnt last, by its event time")
                .baseUnit("seconds")
                .tag("model", model)
                .register(registry);
        Gauge.builder("weft.trainer.latent.drift", drift, AtomicReference::get)
                .description("Mean squared distance between the codes of one image when the clusters followed the "
                        + "encoder last and the time before, as a share of the codes' variance")
                .baseUnit("ratio")
                .tag("model", model)
                .register(registry);
        images = Counter.builder("weft.trainer.images")
                .description("Training images learnt from since this process began")
                .tag("model", model)
                .register(registry);
        publications = Counter.builder("weft.trainer.publications")
                .description("Snapshots published")
                .tag("model", model)
                .register(registry);
        unreadable = Counter.builder("weft.trainer.unreadable")
                .description("Records passed over because they are no images")
                .tag("model", model)
                .register(registry);
        // There from the start, so that an alert sees the first of a kind as a rise.
        for (StreamEvent.Kind kind : RAISED) {
            Counter _ = events(kind);
        }
        milestones = Timer.builder("weft.trainer.milestone")
                .description(
                        "Time to fit the clusterers to the window and to make the snapshot, where one is published")
                .tag("model", model)
                .register(registry);
    }

    private Counter events(StreamEvent.Kind kind) {
        return Counter.builder("weft.trainer.events")
                .description("Events of the stream and of the clusters, by kind")
                .tag("model", model)
                .tag("kind", kind.id())
                .register(registry);
    }

    void happened(StreamEvent.Kind kind) {
        events(kind).increment();
        if (kind == StreamEvent.Kind.DRIFT) {
            drifting.set(1);
        } else if (kind == StreamEvent.Kind.DRIFT_OVER) {
            drifting.set(0);
        }
    }

    private void gauge(String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get)
                .description(description)
                .tag("model", model)
                .register(registry);
    }

    /// Goes on where a checkpoint stands.
    void resumed(long seen, boolean drift) {
        imagesSeen.set(seen);
        drifting.set(drift ? 1 : 0);
    }

    void learnt(long seen) {
        images.increment((double) (seen - imagesSeen.getAndSet(seen)));
    }

    void age(double seconds) {
        eventAge.set(seconds);
    }

    void unreadable() {
        unreadable.increment();
    }

    void diverged() {
        diverged.set(1);
    }

    /// A milestone that took so long.
    void milestone(long nanoseconds) {
        milestones.record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    void published(Snapshot snapshot, Publication publication) {
        publications.increment();
        version.set(snapshot.version());
        drift.set(publication.drift());
        snapshot.provenance()
                .losses()
                .forEach((loss, value) ->
                        losses.computeIfAbsent(loss, this::lossGauge).set(value));
        publication
                .reseeds()
                .forEach((pipeline, count) -> reseeds.computeIfAbsent(pipeline.toString(), this::reseedGauge)
                        .set(count));
    }

    private AtomicReference<Double> lossGauge(String loss) {
        AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
        Gauge.builder("weft.trainer.loss", value, AtomicReference::get)
                .description(
                        "What the training minimises or maximises, as the mean since the last milestone, and for the newest test images")
                .tag("model", model)
                .tag("loss", loss)
                .register(registry);
        return value;
    }

    private AtomicLong reseedGauge(String pipeline) {
        AtomicLong value = new AtomicLong();
        Gauge.builder("weft.trainer.reseeds", value, AtomicLong::get)
                .description("Clusters that died and were put elsewhere, since the training began")
                .tag("model", model)
                .tag("pipeline", pipeline)
                .register(registry);
        return value;
    }
}
