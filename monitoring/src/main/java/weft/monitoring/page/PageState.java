package weft.monitoring.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import weft.core.image.Dataset;
import weft.core.image.Label;
import weft.core.image.LabelIndex;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.Silence;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigures;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.Topics;

/// Everything that the page knows, in bounded memory; safe for any number of threads.
final class PageState {
    /// Images that galleries, matrices and maps are made of: about 12 MB.
    static final int WINDOW = 10_000;

    private static final int POINTS = 600;
    private static final int LATENCIES = 4_000;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(15);

    /// A snapshot and when it was put on the topic.
    record Published(Snapshot snapshot, Instant at) {}

    /// All of them together, for large images.
    private static final int WINDOW_BYTES = 64 << 20;

    /// Images that somebody sees on a map or among a cluster's members: eight maps of them.
    private static final int SHOWN = 8_000;

    private static final int SHOWN_BYTES = 16 << 20;
    private static final int STRANGE = 12;

    /// Of what is strange, for one pipeline.
    private static final int STRANGE_BYTES = 4 << 20;

    private final Dataset dataset;
    private final Clock wall;
    private final Clock steady;
    private final LabelIndex labels;
    private final RecentImages images;
    private final RecentImages shown;
    private final StrangeImages strange;
    private final PageEvents events = new PageEvents();
    private final Map<String, Published> models = new TreeMap<>();
    private final Serving serving = new Serving();
    private final Map<String, QualityEvent> quality = new TreeMap<>();
    private final Map<String, QualityHistory> history = new HashMap<>();
    private final Flow arriving = new Flow();
    private final Flow scored = new Flow();
    private final Flow.Latencies latencies = new Flow.Latencies(LATENCIES);
    private Instant answered;
    private long arrived;
    private long behind;

    /// @param dataset what the images are
    /// @param wall for what records tell
    /// @param steady for how long something lasts
    PageState(Dataset dataset, Clock wall, Clock steady) {
        this.dataset = dataset;
        labels = new LabelIndex(dataset.classes());
        images = new RecentImages(
                dataset.shape(), Math.clamp(WINDOW_BYTES / dataset.shape().bytes(), 1, WINDOW));
        shown = new RecentImages(
                dataset.shape(), Math.clamp(SHOWN_BYTES / dataset.shape().bytes(), 1, SHOWN));
        strange = new StrangeImages(
                Math.clamp(STRANGE_BYTES / 30 / dataset.shape().bytes(), 1, STRANGE));
        this.wall = wall;
        this.steady = steady;
        this.answered = steady.instant();
    }

    /// The number of a label for the page; empty where there are too many.
    synchronized OptionalInt number(Label label) {
        return labels.of(Optional.of(label));
    }

    /// How many labels there are so far.
    synchronized int labelCount() {
        return labels.names().size();
    }

    /// Names of the labels so far, by their numbers.
    synchronized List<String> labels() {
        return List.copyOf(labels.names());
    }

    Dataset dataset() {
        return dataset;
    }

    synchronized void see(SeenImage image) {
        images.add(image);
        strange.add(image, wall.instant());
    }

    /// The images of the last hour that lie furthest out in their clusters.
    synchronized List<StrangeImages.Strange> strangest(String pipeline, int most) {
        return strange.strangest(pipeline, most, wall.instant());
    }

    synchronized void happened(StreamEvent event) {
        events.add(event);
    }

    /// The newest events of any kind, newest first.
    synchronized List<StreamEvent> latestEvents() {
        return events.latest();
    }

    /// The events that are marked in the curves, newest first.
    synchronized List<StreamEvent> markedEvents() {
        return events.marks();
    }

    synchronized void labelled(String id, Label label) {
        number(label).ifPresent(number -> {
            images.label(id, number);
            shown.label(id, number);
        });
    }

    synchronized void scored(AssignmentEvent event) {
        latencies.add(Duration.between(event.eventTime(), event.scoredAt()));
    }

    synchronized void measured(QualityEvent event) {
        quality.put(event.pipeline(), event);
        history.computeIfAbsent(event.pipeline(), _ -> new QualityHistory(POINTS))
                .add(QualityPoint.of(event));
        // Every pipeline scores every image, so the furthest one says how many there were.
        scored.read(
                event.at(),
                quality.values().stream()
                        .mapToDouble(one -> one.value(QualityFigures.IMAGES).orElse(0))
                        .max()
                        .orElse(0));
    }

    synchronized void published(Snapshot snapshot, Instant at) {
        models.put(snapshot.model().name().toString(), new Published(snapshot, at));
    }

    /// Takes how many images there are and how many of them are not scored yet.
    synchronized void offsets(long produced, long unscored) {
        answered = steady.instant();
        arriving.read(answered, (double) produced);
        arrived = produced;
        behind = unscored;
    }

    /// What stands between the images on the topic and the first thing to show.
    synchronized Optional<Silence.Cause> waitsFor(Topics topics, long records) {
        if (records == 0) {
            return Optional.of(new Silence.Cause("images", "waiting for images: " + topics.images() + " is empty"));
        }
        String held = "; " + topics.images() + " holds " + records + " records";
        if (models.isEmpty()) {
            return Optional.of(new Silence.Cause(
                    "snapshots",
                    "waiting for the first snapshot on " + topics.models() + ", which takes 512 images by default"
                            + held));
        }
        return quality.isEmpty()
                ? Optional.of(new Silence.Cause(
                        "assignments", "waiting for the first assignments on " + topics.assignments() + held))
                : Optional.empty();
    }

    synchronized List<SeenImage> newestFirst() {
        return images.newestFirst();
    }

    /// The newest that a pipeline put into a cluster, newest first.
    synchronized List<SeenImage> newestOf(String pipeline, int cluster, int most) {
        return images.newestFirst(most, placements -> {
            Placement placement = placements.get(pipeline);
            return placement != null && placement.cluster() == cluster;
        });
    }

    synchronized List<SeenImage> newest(int most) {
        return images.newestFirst(most, _ -> true);
    }

    /// How many of the last images there are.
    synchronized int imageCount() {
        return images.size();
    }

    /// Keeps images that somebody sees for longer: a fast stream fills the window in seconds.
    synchronized void show(List<SeenImage> seen) {
        seen.forEach(shown::add);
    }

    synchronized Optional<SeenImage> image(String id) {
        return images.find(id).or(() -> shown.find(id)).or(() -> strange.find(id));
    }

    synchronized Map<String, Published> models() {
        return new TreeMap<>(models);
    }

    /// The snapshot that answers for a pipeline.
    synchronized Optional<Serving.Answering> modelOf(PipelineName pipeline) {
        return serving.of(pipeline, models);
    }

    /// Takes in what was decided for a model.
    synchronized void deployed(Deployment deployment, Optional<Published> pinned) {
        serving.decide(deployment, pinned);
    }

    synchronized Map<String, QualityEvent> quality() {
        return new TreeMap<>(quality);
    }

    synchronized Map<String, List<QualityPoint>> history() {
        Map<String, List<QualityPoint>> points = new TreeMap<>();
        history.forEach((pipeline, one) -> points.put(pipeline, one.points()));
        return points;
    }

    /// Every pipeline that a model or a figure tells of.
    synchronized SortedSet<String> pipelines() {
        SortedSet<String> names = new TreeSet<>(quality.keySet());
        models.values()
                .forEach(published ->
                        published.snapshot().model().clusterers().keySet().forEach(name -> names.add(name.toString())));
        return names;
    }

    synchronized Views.FlowView flow() {
        Instant now = steady.instant();
        boolean reachable = answered.isAfter(now.minus(ANSWERS_WITHIN));
        double total = quality.values().stream()
                .mapToDouble(one -> one.value(QualityFigures.IMAGES).orElse(0))
                .max()
                .orElse(0);
        return new Views.FlowView(
                arriving.perSecond(now),
                scored.perSecond(wall.instant()),
                Numbers.finite(latencies.quantile(0.5)),
                Numbers.finite(latencies.quantile(0.99)),
                // The page reads assignments a little late, the scorer's own count counts no dead letters: the
                // smaller is nearer.
                Math.max(0, Math.min(behind, arrived - (long) total)),
                total,
                reachable);
    }
}
