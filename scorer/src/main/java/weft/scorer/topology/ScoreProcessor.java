package weft.scorer.topology;

import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import weft.core.image.FashionClasses;
import weft.core.image.Image;
import weft.core.image.LabelledImage;
import weft.core.model.Assignment;
import weft.core.model.PipelineName;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.ImageParser;
import weft.kafka.wire.LabelParser;
import weft.kafka.wire.Times;
import weft.kafka.wire.Topics;
import weft.scorer.labels.Judgement;
import weft.scorer.labels.LabelDesk;
import weft.scorer.labels.LabelPolicy;
import weft.scorer.models.ModelRegistry;
import weft.scorer.quality.PipelineTally;
import weft.scorer.quality.TaskTallies;

/// Gives every image its clusters, and counts once its label is known.
final class ScoreProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// An id is repeated in every assignment and kept while a label is awaited.
    private static final int KEY_BYTES = 1_024;

    private final String labelsTopic;
    private final ScorerMetrics metrics;
    private final Clock clock;
    private final int windowImages;
    private final LabelPolicy labelPolicy;
    private final ImageScorer scorer;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final Map<PipelineName, Outlet> outlets = new HashMap<>();
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable TaskTallies tallies;
    private @Nullable LabelDesk labels;
    private @Nullable Cancellable everySecond;
    private int awaitingTold;

    /// What every assignment of a pipeline needs, made once.
    private record Outlet(String name, Header header, Counter counter) {}

    ScoreProcessor(
            Topics topics,
            ModelRegistry models,
            ScorerMetrics metrics,
            Clock clock,
            int windowImages,
            LabelPolicy labelPolicy) {
        labelsTopic = topics.labels();
        this.metrics = metrics;
        this.clock = clock;
        this.windowImages = windowImages;
        this.labelPolicy = labelPolicy;
        scorer = new ImageScorer(models);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        // A task that is revived or resumed starts this same processor once more: the stores know what was
        // committed.
        tallies = new TaskTallies(context.getStateStore(ScorerTopology.TALLIES), windowImages);
        labels = new LabelDesk(context.getStateStore(ScorerTopology.LABELS), labelPolicy, clock.millis());
        tellAwaiting(labels.images());
        everySecond = context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, _ -> {
            expireLabels();
            forwardPartials();
        });
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context().recordMetadata().orElseThrow();
        if (source.topic().equals(labelsTopic)) {
            processLabel(record, source);
        } else {
            processImage(record, source);
        }
    }

    private void processImage(Record<byte[], byte[]> record, RecordMetadata source) {
        LabelledImage labelled;
        Instant eventTime;
        String id;
        try {
            checkKey(record.key());
            id = utf8(record.key());
            labelled = ImageParser.labelled(record.value(), record.headers());
            eventTime = ImageHeaders.eventTime(record.headers(), record.timestamp());
        } catch (IllegalArgumentException notAnImage) {
            bury(record, source, String.valueOf(notAnImage.getMessage()));
            return;
        }
        boolean swapped = scorer.score(labelled.image(), source.partition(), source.offset());
        for (Scored one : scorer.scored()) {
            if (!one.finite()) {
                bury(record, source, one.pipeline() + " " + one.version() + " gives it no finite score");
                return;
            }
        }
        OptionalInt label = labelled.label();
        boolean cameEarlier = false;
        if (label.isEmpty()) {
            label = labels().label(record.key());
            cameEarlier = label.isPresent();
        }
        handOut(record, source, id, labelled.image(), label, eventTime);
        if (swapped) {
            // Who reads committed records sees the new version now, and not at the next regular commit.
            context().commit();
        }
        if (label.isPresent()) {
            judge(scorer.judgements(), label.getAsInt());
            metrics.labelJoined(cameEarlier ? 1 : 0);
        } else if (labels().await(record.key(), scorer.judgements(), clock.millis())) {
            tellAwaiting(labels().images());
        } else {
            metrics.imageTurnedAway();
        }
    }

    private static void checkKey(byte @Nullable [] key) {
        if (key == null || key.length == 0) {
            throw new IllegalArgumentException("the key, which is the image's id, is missing");
        }
        if (key.length > KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the key, which is the image's id, has " + key.length + " bytes, more than " + KEY_BYTES);
        }
    }

    /// Strict: keys that differ must not become one id.
    private String utf8(byte[] key) {
        try {
            return decoder.decode(ByteBuffer.wrap(key)).toString();
        } catch (CharacterCodingException fault) {
            throw new IllegalArgumentException("the key, which is the image's id, is not UTF-8", fault);
        }
    }

    private void handOut(
            Record<byte[], byte[]> record,
            RecordMetadata source,
            String id,
            Image image,
            OptionalInt label,
            Instant eventTime) {
        Instant scoredAt = Instant.ofEpochMilli(clock.millis());
        String eventTimeText = Times.text(eventTime);
        String scoredAtText = Times.text(scoredAt);
        for (Scored one : scorer.scored()) {
            PipelineTally tally = tallies().of(one.pipeline());
            Outlet outlet = outlets.computeIfAbsent(one.pipeline(), this::outlet);
            AssignmentEvent event = new AssignmentEvent(
                    id,
                    image.epoch(),
                    outlet.name(),
                    one.version(),
                    one.assignment(),
                    name(tally, one.assignment()),
                    label,
                    image.split(),
                    one.trainedOn(),
                    source.partition(),
                    source.offset(),
                    eventTime,
                    scoredAt);
            tally.assigned(one.version(), one.assignment(), one.kind(), one.objective());
            outlet.counter().increment();
            context()
                    .forward(
                            new Record<>(
                                    record.key(),
                                    event.toJson(eventTimeText, scoredAtText),
                                    record.timestamp(),
                                    new RecordHeaders().add(outlet.header())),
                            ScorerTopology.ASSIGNMENTS);
        }
        metrics.scored(scoredAt.toEpochMilli() - eventTime.toEpochMilli());
    }

    private Outlet outlet(PipelineName pipeline) {
        String name = pipeline.toString();
        return new Outlet(
                name,
                new RecordHeader(AssignmentEvent.PIPELINE_HEADER, name.getBytes(StandardCharsets.UTF_8)),
                metrics.assignments(pipeline));
    }

    private static Optional<String> name(PipelineTally tally, Assignment assignment) {
        int label = tally.majority(assignment.cluster());
        return label < 0 ? Optional.empty() : Optional.of(FashionClasses.name(label));
    }

    private void processLabel(Record<byte[], byte[]> record, RecordMetadata source) {
        int label;
        try {
            checkKey(record.key());
            label = LabelParser.label(record.value());
        } catch (IllegalArgumentException notALabel) {
            bury(record, source, String.valueOf(notALabel.getMessage()));
            return;
        }
        int before = labels().images();
        List<Judgement> judgements = labels().arrived(record.key(), label, clock.millis());
        if (judgements == null) {
            metrics.labelTurnedAway();
            return;
        }
        judge(judgements, label);
        metrics.labelJoined(before - labels().images());
        tellAwaiting(labels().images());
    }

    private void judge(List<Judgement> judgements, int label) {
        for (Judgement judgement : judgements) {
            tallies().of(judgement.pipeline()).judged(judgement.slice(), judgement.cluster(), label);
        }
    }

    private void expireLabels() {
        metrics.labelsUnmatched(labels().expire(clock.millis()).unmatchedLabels());
        tellAwaiting(labels().images());
    }

    private void tellAwaiting(int images) {
        metrics.awaiting(images - awaitingTold);
        awaitingTold = images;
    }

    private void bury(Record<byte[], byte[]> record, RecordMetadata source, String reason) {
        metrics.deadLetter();
        context().forward(DeadLetter.of(record, source, reason), ScorerTopology.DEAD_LETTERS);
    }

    private void forwardPartials() {
        for (PipelineTally tally : tallies().all()) {
            if (tally.changed()) {
                context()
                        .forward(
                                new Record<>(
                                        tally.pipeline().toString().getBytes(StandardCharsets.UTF_8),
                                        tally.partial(context().taskId().partition())
                                                .toByteArray(),
                                        clock.millis()),
                                ScorerTopology.PARTIALS);
            }
        }
    }

    @Override
    public void close() {
        if (everySecond != null) {
            everySecond.cancel();
        }
        tellAwaiting(0);
    }

    private ProcessorContext<byte[], byte[]> context() {
        return Objects.requireNonNull(context, "init comes first");
    }

    private TaskTallies tallies() {
        return Objects.requireNonNull(tallies, "init comes first");
    }

    private LabelDesk labels() {
        return Objects.requireNonNull(labels, "init comes first");
    }
}
