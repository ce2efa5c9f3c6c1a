package weft.scorer.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.LabelledImage;
import weft.core.image.Pixels;
import weft.core.image.Split;
import weft.core.metric.ContingencyTable;
import weft.core.metric.ReconstructionLoss;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.service.KafkaConnection;
import weft.core.service.UserError;
import weft.core.wire.AssignmentEvent;
import weft.core.wire.ImageParser;
import weft.core.wire.InvalidSnapshotException;
import weft.core.wire.QualityEvent;
import weft.core.wire.SnapshotCodec;
import weft.core.wire.Topics;
import weft.scorer.evaluate.Report.ModelFigures;
import weft.scorer.evaluate.Report.PipelineFigures;
import weft.scorer.evaluate.Report.SplitFigures;
import weft.scorer.models.SnapshotPass;

/// Scores every image of the log with the newest snapshots, and adds up what the stream did.
public final class Evaluation {
    private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);

    private static final long QUALITY_PAUSE_NANOS = 50_000_000;

    private final KafkaConnection kafka;
    private final Topics topics;
    private final Map<String, Snapshot> models = new TreeMap<>();
    private final Map<String, ReconstructionLoss> losses = new HashMap<>();
    private final Map<PipelineName, Map<Split, SplitTally>> tallies = new LinkedHashMap<>();
    private final Map<String, QualityEvent> quality = new HashMap<>();
    private long images;

    private Evaluation(KafkaConnection kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /// Evaluates.
    ///
    /// @param pipelines to evaluate; empty for all that the snapshots have
    /// @param started when the command started whose stream this was
    /// @param patience how long to wait for a running quality that counts every image of the log
    /// @throws UserError where there is no snapshot
    public static Report run(
            KafkaConnection kafka,
            Topics topics,
            List<PipelineName> pipelines,
            Optional<Instant> started,
            Duration patience) {
        Evaluation evaluation = new Evaluation(kafka, topics);
        evaluation.readModels();
        return evaluation.evaluate(name -> pipelines.isEmpty() || pipelines.contains(name), started, patience);
    }

    private void readModels() {
        Log.read(kafka, topics.models(), record -> {
            if (record.value() == null) {
                return;
            }
            try {
                Snapshot snapshot = SnapshotCodec.decode(record.value());
                models.merge(snapshot.model().name(), snapshot, (a, b) -> a.version() > b.version() ? a : b);
            } catch (InvalidSnapshotException refused) {
                LOG.warn("snapshot at offset {} is passed over: {}", record.offset(), refused.getMessage());
            }
        });
        if (models.isEmpty()) {
            throw new UserError("there is no model on " + topics.models() + " yet: nothing to evaluate");
        }
    }

    private Report evaluate(Predicate<PipelineName> wanted, Optional<Instant> started, Duration patience) {
        List<SnapshotPass> passes = new ArrayList<>();
        models.forEach((name, snapshot) -> {
            passes.add(new SnapshotPass(snapshot, wanted));
            snapshot.model()
                    .decoder()
                    .ifPresent(decoder -> losses.put(
                            name, new ReconstructionLoss(snapshot.model().encoder(), decoder)));
        });
        AtomicLong produced = new AtomicLong();
        Log.read(kafka, topics.images(), record -> {
            score(record, passes);
            produced.incrementAndGet();
        });
        readQuality(wanted, patience);
        StreamTally stream = new StreamTally();
        Log.read(kafka, topics.assignments(), record -> stream.add(AssignmentEvent.fromJson(record.value())));
        AtomicLong deadLetters = new AtomicLong();
        Log.read(kafka, topics.deadLetters(), _ -> deadLetters.incrementAndGet());
        Map<String, Long> trained = new TreeMap<>();
        models.forEach(
                (name, snapshot) -> trained.put(name, snapshot.provenance().imagesSeen()));
        return new Report(
                pipelineFigures(wanted),
                modelFigures(),
                stream.figures(produced.get(), trained, deadLetters.get(), started));
    }

    /// Reads the running quality until it counts all that could be scored; the scorer tells it once a second.
    private void readQuality(Predicate<PipelineName> wanted, Duration patience) {
        long start = System.nanoTime();
        do {
            LockSupport.parkNanos(QUALITY_PAUSE_NANOS);
            Log.read(kafka, topics.quality(), record -> {
                QualityEvent event = QualityEvent.fromJson(record.value());
                quality.put(event.pipeline(), event);
            });
        } while (!qualityComplete(wanted) && System.nanoTime() - start < patience.toNanos());
    }

    private boolean qualityComplete(Predicate<PipelineName> wanted) {
        return tallies.keySet().stream()
                .filter(wanted)
                .map(pipeline -> quality.get(pipeline.toString()))
                .allMatch(event -> event != null && event.figure("images").orElse(0) >= images);
    }

    private void score(ConsumerRecord<String, byte[]> record, List<SnapshotPass> passes) {
        if (record.key() == null || record.key().isEmpty()) {
            return; // a dead letter
        }
        LabelledImage image;
        try {
            image = ImageParser.labelled(record.value(), record.headers());
        } catch (IllegalArgumentException deadLetter) {
            return;
        }
        images++;
        if (image.image().epoch() > 0) {
            return; // the same image once more
        }
        float[] pixels = new float[Pixels.COUNT];
        image.image().pixels().toUnitInterval(pixels, 0);
        Split split = image.image().split();
        for (SnapshotPass pass : passes) {
            pass.score(
                    pixels,
                    (pipeline, assignment, objective) ->
                            tally(pipeline, split).add(assignment.cluster(), image.label(), objective));
        }
        if (split == Split.TEST) {
            losses.values().forEach(loss -> loss.add(pixels));
        }
    }

    private SplitTally tally(PipelineName pipeline, Split split) {
        return tallies.computeIfAbsent(pipeline, _ -> new HashMap<>())
                .computeIfAbsent(split, _ -> new SplitTally(pipeline.k()));
    }

    private List<PipelineFigures> pipelineFigures(Predicate<PipelineName> wanted) {
        List<PipelineFigures> figures = new ArrayList<>();
        for (Snapshot snapshot : models.values()) {
            for (PipelineName pipeline : snapshot.model().clusterers().keySet()) {
                if (!wanted.test(pipeline)) {
                    continue;
                }
                ContingencyTable train = tally(pipeline, Split.TRAIN).table();
                figures.add(new PipelineFigures(
                        pipeline.toString(),
                        pipeline.model(),
                        snapshot.version(),
                        pipeline.k(),
                        tally(pipeline, Split.TRAIN).figures(train, pipeline.algorithm()),
                        tally(pipeline, Split.TEST).figures(train, pipeline.algorithm()),
                        Optional.ofNullable(quality.get(pipeline.toString())).map(Evaluation::prequential)));
            }
        }
        return figures;
    }

    private static SplitFigures prequential(QualityEvent event) {
        return new SplitFigures(
                (long) event.figure("prequentialImages").orElse(0),
                event.figure("prequentialAccuracy"),
                event.figure("prequentialAccuracyHungarian"),
                event.figure("prequentialHomogeneity"),
                event.figure("prequentialNmi"),
                event.figure("prequentialAri"),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private List<ModelFigures> modelFigures() {
        return models.entrySet().stream()
                .map(entry -> new ModelFigures(
                        entry.getKey(),
                        entry.getValue().version(),
                        entry.getValue().provenance().imagesSeen(),
                        losses.containsKey(entry.getKey())
                                ? OptionalDouble.of(Objects.requireNonNull(losses.get(entry.getKey()))
                                        .mean())
                                : OptionalDouble.empty()))
                .toList();
    }
}
