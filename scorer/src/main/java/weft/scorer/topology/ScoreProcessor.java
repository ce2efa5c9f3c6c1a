package weft.scorer.topology;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import weft.core.image.FashionClasses;
import weft.core.image.Image;
import weft.core.image.LabelledImage;
import weft.core.image.Pixels;
import weft.core.image.Split;
import weft.core.model.Assignment;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.wire.AssignmentEvent;
import weft.core.wire.ImageParser;
import weft.scorer.models.ModelRegistry;
import weft.scorer.models.SnapshotPass;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.PipelineTally;
import weft.scorer.quality.Slice;

/// Gives every image its clusters, and counts.
final class ScoreProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration PARTIALS_EVERY = Duration.ofSeconds(1);

    private final ModelRegistry models;
    private final ScorerMetrics metrics;
    private final Clock clock;
    private final int windowImages;

    private final Map<String, Map<Long, SnapshotPass>> passes = new HashMap<>();
    private final Map<PipelineName, PipelineTally> tallies = new HashMap<>();
    private final float[] pixels = new float[Pixels.COUNT];
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<String, byte[]> store;
    private @Nullable Cancellable partials;

    ScoreProcessor(ModelRegistry models, ScorerMetrics metrics, Clock clock, int windowImages) {
        this.models = models;
        this.metrics = metrics;
        this.clock = clock;
        this.windowImages = windowImages;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        // A task that is revived or resumed starts this same processor once more: the store knows what was
        // committed.
        tallies.clear();
        KeyValueStore<String, byte[]> tallyStore = context.getStateStore(ScorerTopology.TALLIES);
        store = tallyStore;
        try (KeyValueIterator<String, byte[]> kept = tallyStore.all()) {
            kept.forEachRemaining(entry -> {
                String name = entry.key.substring(0, entry.key.indexOf('/'));
                tally(PipelineName.parse(name)).restore(entry.key, entry.value);
            });
        }
        partials = context.schedule(PARTIALS_EVERY, PunctuationType.WALL_CLOCK_TIME, _ -> forwardPartials());
    }

    private PipelineTally tally(PipelineName pipeline) {
        return tallies.computeIfAbsent(
                pipeline, name -> new PipelineTally(name, windowImages, Objects.requireNonNull(store)::put));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context().recordMetadata().orElseThrow();
        LabelledImage image;
        try {
            if (record.key() == null || record.key().length == 0) {
                throw new IllegalArgumentException("the key, which is the image's id, is missing");
            }
            image = ImageParser.labelled(record.value(), record.headers());
        } catch (IllegalArgumentException notAnImage) {
            bury(record, source, String.valueOf(notAnImage.getMessage()));
            return;
        }
        score(record, image, source);
    }

    private void score(Record<byte[], byte[]> record, LabelledImage labelled, RecordMetadata source) {
        Image image = labelled.image();
        image.pixels().toUnitInterval(pixels, 0);
        String id = new String(record.key(), StandardCharsets.UTF_8);
        Instant eventTime = Instant.ofEpochMilli(record.timestamp());
        Instant scoredAt = Instant.ofEpochMilli(clock.millis());
        for (String model : models.models()) {
            List<Snapshot> snapshots = models.snapshots(model);
            Snapshot live = snapshots.getFirst();
            boolean trainedOn = trainedOn(live, image, source);
            pass(live).score(pixels, (pipeline, assignment, objective) -> {
                PipelineTally tally = tally(pipeline);
                AssignmentEvent event = new AssignmentEvent(
                        id,
                        image.epoch(),
                        pipeline.toString(),
                        live.version(),
                        assignment,
                        name(tally, assignment),
                        labelled.label(),
                        image.split(),
                        trainedOn,
                        source.partition(),
                        source.offset(),
                        eventTime,
                        scoredAt);
                tally.assigned(live.version(), assignment, objective);
                labelled.label().ifPresent(label -> tally.judged(slice(image, trainedOn), assignment.cluster(), label));
                metrics.assigned(pipeline);
                context()
                        .forward(
                                new Record<>(record.key(), event.toJson(), record.timestamp(), headers(pipeline)),
                                ScorerTopology.ASSIGNMENTS);
            });
            if (trainedOn && image.epoch() == 0 && labelled.label().isPresent()) {
                judgeByOlder(snapshots, image, source, labelled.label().getAsInt());
            }
        }
        metrics.scored(scoredAt.toEpochMilli() - record.timestamp());
    }

    /// The trainer has overtaken: the honest judge is the newest snapshot from before this image.
    private void judgeByOlder(List<Snapshot> snapshots, Image image, RecordMetadata source, int label) {
        for (Snapshot older : snapshots) {
            if (!trainedOn(older, image, source)) {
                pass(older)
                        .score(
                                pixels,
                                (pipeline, assignment, _) ->
                                        tally(pipeline).judged(Slice.PREQUENTIAL, assignment.cluster(), label));
                return;
            }
        }
    }

    private static boolean trainedOn(Snapshot snapshot, Image image, RecordMetadata source) {
        return image.split() == Split.TRAIN
                && (image.epoch() > 0 || snapshot.provenance().covers(source.partition(), source.offset()));
    }

    private static Slice slice(Image image, boolean trainedOn) {
        if (image.split() == Split.TEST) {
            return Slice.TEST;
        }
        return trainedOn ? Slice.TRAINED : Slice.PREQUENTIAL;
    }

    private static Optional<String> name(PipelineTally tally, Assignment assignment) {
        int label = tally.majority(assignment.cluster());
        return label < 0 ? Optional.empty() : Optional.of(FashionClasses.name(label));
    }

    /// The buffers for a snapshot, made at its first image; those of snapshots that are no longer kept go.
    private SnapshotPass pass(Snapshot snapshot) {
        String model = snapshot.model().name();
        Map<Long, SnapshotPass> known = passes.computeIfAbsent(model, _ -> new HashMap<>());
        SnapshotPass pass = known.get(snapshot.version());
        if (pass == null) {
            pass = new SnapshotPass(snapshot, models::wants);
            known.put(snapshot.version(), pass);
            Set<Long> kept =
                    models.snapshots(model).stream().map(Snapshot::version).collect(Collectors.toSet());
            known.keySet().retainAll(kept);
        }
        return pass;
    }

    private static Headers headers(PipelineName pipeline) {
        return new RecordHeaders()
                .add(AssignmentEvent.PIPELINE_HEADER, pipeline.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void bury(Record<byte[], byte[]> record, RecordMetadata source, String reason) {
        metrics.deadLetter();
        context().forward(DeadLetter.of(record, source, reason), ScorerTopology.DEAD_LETTERS);
    }

    private void forwardPartials() {
        tallies.forEach((pipeline, tally) -> {
            if (tally.changed()) {
                QualityPartial partial = tally.partial(context().taskId().partition());
                context()
                        .forward(
                                new Record<>(
                                        pipeline.toString().getBytes(StandardCharsets.UTF_8),
                                        partial.toByteArray(),
                                        clock.millis()),
                                ScorerTopology.PARTIALS);
            }
        });
    }

    @Override
    public void close() {
        if (partials != null) {
            partials.cancel();
        }
    }

    private ProcessorContext<byte[], byte[]> context() {
        return Objects.requireNonNull(context, "init comes first");
    }
}
