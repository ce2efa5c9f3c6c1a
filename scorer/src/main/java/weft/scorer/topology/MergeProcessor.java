package weft.scorer.topology;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.wire.QualityEvent;
import weft.scorer.models.ModelRegistry;
import weft.scorer.models.Roles;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.GlobalQuality;
import weft.scorer.quality.TallyName;

/// Adds the running totals of all tasks up to the global figures, once a second.
final class MergeProcessor implements Processor<String, byte[], String, byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(MergeProcessor.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final GlobalQuality quality;
    private final ModelRegistry models;
    private final GateKeeper gates;
    private final ScorerMetrics metrics;
    private final Clock clock;
    private final Hold hold;
    private final Set<String> changed = new HashSet<>();
    private @Nullable Roles roles;
    private @Nullable ProcessorContext<String, byte[]> context;
    private @Nullable KeyValueStore<String, byte[]> store;
    private @Nullable Cancellable everySecond;
    private @Nullable CommitPace commits;

    MergeProcessor(GlobalQuality quality, ModelRegistry models, ScorerMetrics metrics, Clock clock, Hold hold) {
        this.quality = quality;
        this.models = models;
        gates = new GateKeeper(models, quality, clock);
        this.metrics = metrics;
        this.clock = clock;
        this.hold = hold;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        hold.keep();
        this.context = context;
        changed.clear();
        KeyValueStore<String, byte[]> totals = context.getStateStore(ScorerTopology.TOTALS);
        store = totals;
        // The task may come from another instance: its figures are told here from now on, new or not.
        roles = null;
        gates.reset();
        everySecond = context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, _ -> forwardQuality());
        commits = new CommitPace(context);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        QualityPartial partial = parse(record.value());
        if (partial == null || !partial.getPipeline().equals(record.key())) {
            LOG.warn("a record that is no total of a task is passed over, key {}", record.key());
            return;
        }
        store().put(record.key() + "/" + partial.getPartition(), record.value());
        changed.add(record.key());
    }

    /// Who has another part now than before is told at once, under its name of now.
    private Roles roles() {
        Roles now = new Roles(models);
        if (now.differ(roles)) {
            roles = now;
            metrics.forgetQuality();
            try (KeyValueIterator<String, byte[]> kept = store().all()) {
                kept.forEachRemaining(entry -> changed.add(entry.key.substring(0, entry.key.indexOf('/'))));
            }
        }
        return now;
    }

    private void forwardQuality() {
        Roles told = roles();
        for (String pipeline : changed) {
            Optional<String> name = told.shown(TallyName.parse(pipeline));
            if (name.isEmpty()) {
                continue;
            }
            List<QualityPartial> partials = new ArrayList<>();
            // "0" follows "/", so this range is the pipeline's keys and no other's.
            try (KeyValueIterator<String, byte[]> kept = store().range(pipeline + "/", pipeline + "0")) {
                kept.forEachRemaining(
                        entry -> partials.add(Objects.requireNonNull(parse(entry.value), "only good totals are kept")));
            }
            QualityEvent event = quality.of(name.get(), partials, Instant.ofEpochMilli(clock.millis()));
            metrics.measured(event, partials, quality);
            gates.told(TallyName.parse(pipeline), new Trial.Told(event, partials));
            Objects.requireNonNull(context, "init comes first")
                    .forward(new Record<>(event.pipeline(), event.toJson(), clock.millis()), ScorerTopology.QUALITY);
            Objects.requireNonNull(commits, "init comes first").processed(clock.millis(), clock.millis());
        }
        changed.clear();
        gates.judge(this::promote);
    }

    /// Both records are of one transaction.
    private void promote(GateKeeper.Promotion promotion) {
        ProcessorContext<String, byte[]> here = Objects.requireNonNull(context, "init comes first");
        here.forward(
                new Record<>(
                        promotion.deployment().model().toString(),
                        promotion.deployment().toJson(),
                        clock.millis()),
                ScorerTopology.DEPLOYMENTS);
        here.forward(
                new Record<>(promotion.event().key(), promotion.event().toJson(), clock.millis()),
                ScorerTopology.EVENTS);
    }

    @Override
    public void close() {
        if (everySecond != null) {
            everySecond.cancel();
        }
        if (commits != null) {
            commits.close();
        }
        metrics.forgetQuality();
    }

    private KeyValueStore<String, byte[]> store() {
        return Objects.requireNonNull(store, "init comes first");
    }

    /// Null for what is none: a foreign record must not end the scorer, at every start again.
    private static @Nullable QualityPartial parse(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            QualityPartial partial = QualityPartial.parseFrom(value);
            return GlobalQuality.wellFormed(partial) ? partial : null;
        } catch (InvalidProtocolBufferException foreign) {
            LOG.debug("not a total", foreign);
            return null;
        }
    }
}
