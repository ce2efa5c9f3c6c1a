package weft.scorer.topology;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import weft.core.image.Dataset;
import weft.core.image.Image;
import weft.core.image.Label;
import weft.kafka.wire.ImageIds;
import weft.kafka.wire.ImageParser;
import weft.kafka.wire.LabelParser;
import weft.kafka.wire.ParsedImage;
import weft.kafka.wire.Topics;
import weft.scorer.labels.LabelDesk;
import weft.scorer.labels.LabelPolicy;
import weft.scorer.models.ModelRegistry;
import weft.scorer.quality.PipelineTally;
import weft.scorer.quality.TaskTallies;

/// Gives every image its clusters, and counts once its label is known.
final class ScoreProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final String labelsTopic;
    private final Dataset dataset;
    private final ImageParser images;
    private final LabelParser labels;
    private final ScorerMetrics metrics;
    private final Clock clock;
    private final int windowImages;
    private final LabelPolicy labelPolicy;
    private final ImageScorer scorer;
    private final Hold hold;
    private @Nullable Task task;

    /// What belongs to one task, from its start to its end.
    private record Task(
            ProcessorContext<byte[], byte[]> context,
            TaskTallies tallies,
            LabelJoin labels,
            AssignmentWriter assignments,
            CommitPace commits,
            Cancellable everySecond) {}

    ScoreProcessor(
            Topics topics,
            Dataset dataset,
            ModelRegistry models,
            ScorerMetrics metrics,
            Clock clock,
            int windowImages,
            LabelPolicy labelPolicy,
            Hold hold) {
        labelsTopic = topics.labels();
        this.dataset = dataset;
        images = new ImageParser(dataset);
        labels = new LabelParser(dataset);
        this.metrics = metrics;
        this.clock = clock;
        this.windowImages = windowImages;
        this.labelPolicy = labelPolicy;
        scorer = new ImageScorer(models);
        this.hold = hold;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        hold.keep();
        // A task that is revived or resumed starts this same processor once more: the stores know what was
        // committed.
        CommitStore counts = context.getStateStore(ScorerTopology.TALLIES);
        TaskTallies tallies = new TaskTallies(counts.values(), windowImages, dataset.classes());
        counts.beforeCommit(tallies::save);
        LabelDesk desk = new LabelDesk(context.getStateStore(ScorerTopology.LABELS), labelPolicy, clock.millis());
        task = new Task(
                context,
                tallies,
                new LabelJoin(desk, tallies, labels, metrics),
                new AssignmentWriter(context, tallies, metrics),
                new CommitPace(context),
                context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, _ -> {
                    task().labels().expire(clock.millis());
                    forwardPartials(task());
                }));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata place = task().context().recordMetadata().orElseThrow();
        task().commits().processed(record.timestamp(), clock.millis());
        try {
            if (place.topic().equals(labelsTopic)) {
                processLabel(record);
            } else {
                processImage(record, place);
            }
        } catch (BadRecordException bad) {
            metrics.deadLetter();
            task().context().forward(DeadLetter.of(record, place, bad.reason()), ScorerTopology.DEAD_LETTERS);
        }
    }

    private void processImage(Record<byte[], byte[]> record, RecordMetadata place) throws BadRecordException {
        ParsedImage parsed;
        String id;
        try {
            id = ImageIds.of(text(record.key()), place.partition(), place.offset());
            parsed = images.parse(record.value(), record.headers());
        } catch (IllegalArgumentException notAnImage) {
            throw new BadRecordException(notAnImage);
        }
        Image image = parsed.timed().image();
        Instant eventTime = parsed.timed().eventTime(record.timestamp());
        boolean swapped = scorer.score(image, place.partition(), place.offset());
        for (Scored one : scorer.scored()) {
            if (one.seat().champion() && !one.finite()) {
                throw new BadRecordException(one.seat().shown() + " " + one.version() + " gives it no finite score");
            }
        }
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        LabelJoin join = task().labels();
        Optional<Label> label = parsed.label().or(() -> join.earlier(key));
        long now = clock.millis();
        task().assignments()
                .write(
                        new AssignmentWriter.Source(id, image, label, place, eventTime, record.timestamp()),
                        key,
                        scorer.scored(),
                        now);
        if (swapped) {
            // Who reads committed records sees the new version now, and not at the next regular commit.
            task().commits().atOnce(record.timestamp(), now);
        }
        if (label.isPresent()) {
            join.labelled(scorer.judgements(), label.get(), parsed.label().isEmpty());
        } else {
            join.await(key, scorer.judgements(), now);
        }
    }

    private void processLabel(Record<byte[], byte[]> record) throws BadRecordException {
        Label label;
        try {
            checkLabelled(text(record.key()));
            label = labels.label(record.value());
        } catch (IllegalArgumentException notALabel) {
            throw new BadRecordException(notALabel);
        }
        task().labels().arrived(record.key(), label, clock.millis());
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    /// A label says by its key whose it is.
    private static void checkLabelled(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            throw new IllegalArgumentException("the key, which is the image's id, is missing");
        }
        ImageIds.check(id);
    }

    private void forwardPartials(Task task) {
        for (PipelineTally tally : task.tallies().all()) {
            if (tally.changed()) {
                byte[] partial = tally.partial(
                                task.context().taskId().partition(),
                                task.tallies().labels())
                        .toByteArray();
                task.context()
                        .forward(
                                new Record<>(
                                        tally.name().toString().getBytes(StandardCharsets.UTF_8),
                                        partial,
                                        clock.millis()),
                                ScorerTopology.PARTIALS);
            }
        }
    }

    @Override
    public void close() {
        if (task != null) {
            task.everySecond().cancel();
            task.commits().close();
            task.labels().close();
        }
    }

    private Task task() {
        return Objects.requireNonNull(task, "init comes first");
    }
}
