package weft.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.Dataset;
import weft.core.image.LabelIndex;
import weft.core.image.Split;
import weft.core.metric.ReconstructionLoss;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.evaluation.LoggedImages.Logged;
import weft.evaluation.Report.BaselineFigures;
import weft.evaluation.Report.ModelFigures;
import weft.evaluation.Report.PipelineFigures;
import weft.evaluation.Report.SplitFigures;
import weft.kafka.service.ForeignRecords;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.UserError;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigure;
import weft.kafka.wire.QualityFigures;
import weft.kafka.wire.QualityFigures.OfSlice;
import weft.kafka.wire.QualityFigures.Slice;
import weft.kafka.wire.QualityFigures.Span;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.Topics;

/// Scores every image of the log with the newest snapshots, each image once, and adds up what the stream did.
public final class Evaluation {
    private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);

    /// What to evaluate.
    ///
    /// @param dataset what the images are
    /// @param snapshots reads them
    /// @param pipelines empty for all that the snapshots have
    /// @param started when the command started whose stream this was
    /// @param patience how long to wait for a running quality that counts every image of the log
    /// @param baselineSample images to fit the batch baseline on, where one is wanted
    public record Request(
            Dataset dataset,
            SnapshotCodec snapshots,
            List<PipelineName> pipelines,
            Optional<Instant> started,
            Duration patience,
            OptionalInt baselineSample) {
        /// Whether it is to be evaluated.
        public boolean wants(PipelineName pipeline) {
            return pipelines.isEmpty() || pipelines.contains(pipeline);
        }
    }

    private final KafkaConnection kafka;
    private final Topics topics;
    private final Request request;
    private final LoggedImages log;
    private final PublishedModels models;
    private final LabelIndex labels;
    private final StreamSummary stream;
    private final FinalScores scores;
    private final FinalScores baseline;
    private final Samples samples;
    private final Map<String, ReconstructionLoss> losses = new HashMap<>();
    private final Map<String, QualityEvent> quality = new HashMap<>();

    private Evaluation(
            KafkaConnection kafka,
            Topics topics,
            Request request,
            PublishedModels models,
            StreamSummary stream,
            LoggedImages log) {
        this.kafka = kafka;
        this.topics = topics;
        this.request = request;
        this.log = log;
        this.stream = stream;
        this.models = models;
        labels = new LabelIndex(request.dataset().classes());
        scores = new FinalScores(labels, models.newest(), request::wants);
        samples = new Samples(labels, models.newest(), request::wants);
        baseline = new FinalScores(
                labels,
                request.baselineSample().isPresent()
                        ? Baseline.fit(
                                log,
                                models.newest(),
                                request::wants,
                                request.baselineSample().getAsInt())
                        : Map.of(),
                request::wants);
        models.newest()
                .forEach((name, snapshot) -> snapshot.model()
                        .decoder()
                        .ifPresent(decoder -> losses.put(
                                name, new ReconstructionLoss(snapshot.model().encoder(), decoder))));
    }

    /// Evaluates the newest models on the images that the log has now.
    ///
    /// @throws UserError where there is no snapshot
    public static Findings run(KafkaConnection kafka, Topics topics, Request request) {
        try (LoggedImages log = LoggedImages.open(kafka, topics, request.dataset())) {
            PublishedModels models = PublishedModels.read(
                    kafka, topics, request.snapshots(), request.dataset().shape());
            StreamSummary stream = StreamSummary.begin(kafka, topics);
            return new Evaluation(kafka, topics, request, models, stream, log).evaluate(stream::count);
        }
    }

    /// The same on the images that were there at a summary.
    public static Findings run(KafkaConnection kafka, Topics topics, Request request, StreamSummary stream) {
        try (LoggedImages log = LoggedImages.before(kafka, stream.firstEpoch(), request.dataset())) {
            PublishedModels models = PublishedModels.read(
                    kafka, topics, request.snapshots(), request.dataset().shape());
            return new Evaluation(kafka, topics, request, models, stream, log).evaluate((_, _) -> {});
        }
    }

    /// @param seen takes each record beside the models
    private Findings evaluate(BiConsumer<ConsumerRecord<String, byte[]>, Optional<Logged>> seen) {
        log.read(seen, (id, image, pixels) -> {
            scores.add(image, pixels);
            baseline.add(image, pixels);
            samples.add(id, image, pixels);
            if (image.image().split() == Split.TEST && image.image().epoch() == 0) {
                losses.values().forEach(loss -> loss.add(pixels));
            }
        });
        readQuality();
        Map<String, Long> trained = new TreeMap<>();
        models.newest()
                .forEach((name, snapshot) ->
                        trained.put(name, snapshot.provenance().imagesSeen()));
        Report report = new Report(pipelineFigures(), modelFigures(), stream.figures(trained, request.started()));
        return new Findings(
                request.dataset(), labels.names(), report, models.newest(), models.history(), samples, scores);
    }

    /// Reads the running quality until it counts all that could be scored; the scorer tells it once a second.
    private void readQuality() {
        Consumer<ConsumerRecord<String, byte[]>> visitor =
                record -> ForeignRecords.parsed(record, one -> QualityEvent.fromJson(one.value()), LOG)
                        .ifPresent(event -> quality.put(event.pipeline(), event));
        try (Log events = Log.open(kafka, topics.quality())) {
            events.read(visitor);
            events.follow(visitor, this::qualityComplete, request.patience());
        }
    }

    private boolean qualityComplete() {
        return models.newest().values().stream()
                .flatMap(snapshot -> snapshot.model().clusterers().keySet().stream())
                .filter(scores::has)
                .map(pipeline -> quality.get(pipeline.toString()))
                .allMatch(event ->
                        event != null && event.value(QualityFigures.IMAGES).orElse(0) >= stream.images());
    }

    private List<PipelineFigures> pipelineFigures() {
        List<PipelineFigures> figures = new ArrayList<>();
        for (Snapshot snapshot : models.newest().values()) {
            for (PipelineName pipeline : snapshot.model().clusterers().keySet()) {
                if (scores.has(pipeline)) {
                    figures.add(new PipelineFigures(
                            pipeline.toString(),
                            pipeline.model(),
                            snapshot.version(),
                            pipeline.k(),
                            scores.figures(pipeline, Split.TRAIN),
                            scores.figures(pipeline, Split.TEST),
                            Optional.ofNullable(quality.get(pipeline.toString()))
                                    .map(Evaluation::prequential),
                            baseline(pipeline)));
                }
            }
        }
        return figures;
    }

    private Optional<BaselineFigures> baseline(PipelineName pipeline) {
        return baseline.has(pipeline)
                ? Optional.of(new BaselineFigures(
                        request.baselineSample().orElseThrow(),
                        baseline.figures(pipeline, Split.TRAIN),
                        baseline.figures(pipeline, Split.TEST)))
                : Optional.empty();
    }

    private static SplitFigures prequential(QualityEvent event) {
        return new SplitFigures(
                (long) event.value(prequential(OfSlice.IMAGES)).orElse(0),
                event.value(prequential(OfSlice.ACCURACY)),
                event.value(prequential(OfSlice.ACCURACY_HUNGARIAN)),
                event.value(prequential(OfSlice.HOMOGENEITY)),
                event.value(prequential(OfSlice.NMI)),
                event.value(prequential(OfSlice.ARI)),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static QualityFigure prequential(OfSlice figure) {
        return figure.of(Slice.PREQUENTIAL, Span.LIFE);
    }

    private List<ModelFigures> modelFigures() {
        List<ModelFigures> figures = new ArrayList<>();
        models.newest().forEach((name, snapshot) -> {
            Optional<ReconstructionLoss> loss = Optional.ofNullable(losses.get(name));
            figures.add(new ModelFigures(
                    name,
                    snapshot.version(),
                    snapshot.provenance().imagesSeen(),
                    loss.map(one -> OptionalDouble.of(one.mean())).orElseGet(OptionalDouble::empty),
                    loss.map(ReconstructionLoss::name)));
        });
        return figures;
    }
}
