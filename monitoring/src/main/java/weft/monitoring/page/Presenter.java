package weft.monitoring.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weft.core.image.Shape;
import weft.core.model.Model;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.wire.Drawing;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigure;
import weft.kafka.wire.QualityFigures;
import weft.kafka.wire.QualityFigures.OfSlice;
import weft.kafka.wire.QualityFigures.Slice;
import weft.kafka.wire.QualityFigures.Span;
import weft.kafka.wire.StreamEvent;

/// Makes views and pictures of the state.
final class Presenter {
    /// Clusters on one page of the gallery.
    static final int PAGE = 60;

    private static final int NEWEST = 10;
    private static final int MEMBERS = 96;
    private static final int PAIRS = 12;
    private static final int STRIP = 16;
    private static final int STRANGEST = 12;
    private static final float[] BLACK = {};
    private static final List<QualityFigure> FIGURES = List.of(
            OfSlice.ARI.of(Slice.PREQUENTIAL, Span.LIFE),
            OfSlice.ACCURACY_HUNGARIAN.of(Slice.PREQUENTIAL, Span.LIFE),
            OfSlice.ARI.of(Slice.TEST, Span.LIFE),
            OfSlice.ACCURACY_HUNGARIAN.of(Slice.TEST, Span.LIFE),
            QualityFigures.MEAN_MARGIN,
            QualityFigures.LARGEST_CLUSTER_SHARE,
            QualityFigures.EMPTY_CLUSTERS);

    private final PageState state;
    private final Drawing drawing;
    private final Supplier<Optional<String>> waiting;

    /// @param waiting for what, once it has lasted
    Presenter(PageState state, Supplier<Optional<String>> waiting) {
        this.state = state;
        drawing = new Drawing(state.dataset().shape());
        this.waiting = waiting;
    }

    /// The part of the state that a browser follows.
    ///
    /// @param pipeline whose clusters it shows; a name that is not known yet shows none
    Views.Frame frame(String pipeline, int page) {
        List<SeenImage> recent = state.newestFirst();
        return new Views.Frame(
                state.flow(),
                waiting.get().orElse(null),
                state.labelCount(),
                state.models().values().stream().map(Presenter::model).toList(),
                state.pipelines().stream().map(this::pipeline).toList(),
                selected(pipeline, page, recent).orElse(null),
                recent.stream().limit(PAIRS).map(Gallery::member).toList(),
                state.latestEvents().stream().map(Presenter::event).toList(),
                state.markedEvents().stream().map(Presenter::event).toList());
    }

    private static Views.EventView event(StreamEvent event) {
        return new Views.EventView(
                event.at().toEpochMilli(),
                event.kind().id(),
                event.model(),
                event.pipeline().orElse(null),
                event.modelVersion(),
                event.imagesSeen(),
                event.details());
    }

    private static Views.StrangeView strange(StrangeImages.Strange one) {
        Views.Member member = Gallery.member(one.image());
        return new Views.StrangeView(member.id(), member.label(), one.outlier(), one.cluster());
    }

    private static Views.ModelView model(PageState.Published published) {
        Snapshot snapshot = published.snapshot();
        return new Views.ModelView(
                snapshot.model().name().toString(),
                snapshot.version(),
                published.at().toEpochMilli(),
                snapshot.model().encoder().codeSize(),
                snapshot.model().decoder().isPresent(),
                snapshot.provenance().losses());
    }

    private Views.PipelineView pipeline(String name) {
        PipelineName pipeline = PipelineName.parse(name);
        QualityEvent event = state.quality().get(name);
        if (event == null) {
            return new Views.PipelineView(name, pipeline.model(), pipeline.k(), 0, 0, Map.of(), null);
        }
        Map<String, Double> figures = new TreeMap<>();
        FIGURES.forEach(figure -> event.value(figure).ifPresent(value -> figures.put(figure.name(), value)));
        return new Views.PipelineView(
                name,
                pipeline.model(),
                pipeline.k(),
                event.modelVersion(),
                event.value(QualityFigures.IMAGES).orElse(0),
                figures,
                QualityPoint.of(event));
    }

    private Optional<Views.Selected> selected(String name, int page, List<SeenImage> recent) {
        if (!state.pipelines().contains(name)) {
            return Optional.empty();
        }
        PipelineName pipeline = PipelineName.parse(name);
        Gallery gallery = Gallery.of(pipeline, recent, NEWEST);
        int pages = pages(pipeline);
        int shown = page(name, page);
        return Optional.of(new Views.Selected(
                name,
                pipeline.model(),
                pipeline.k(),
                state.modelOf(pipeline)
                        .map(answering -> answering.snapshot().version())
                        .orElse(0L),
                gallery.window(),
                shown,
                pages,
                gallery.clusters(shown * PAGE, PAGE),
                state.strangest(name, STRANGEST).stream()
                        .map(Presenter::strange)
                        .toList()));
    }

    private static int pages(PipelineName pipeline) {
        return (pipeline.k() + PAGE - 1) / PAGE;
    }

    /// The page of clusters that there is, for whichever is asked.
    int page(String pipeline, int page) {
        return knows(pipeline) ? Math.clamp(page, 0, pages(PipelineName.parse(pipeline)) - 1) : 0;
    }

    boolean knows(String pipeline) {
        return state.pipelines().contains(pipeline);
    }

    Views.DatasetView dataset() {
        return new Views.DatasetView(
                state.dataset().name(),
                state.labels(),
                drawing.width(),
                drawing.height(),
                state.dataset().shape() instanceof Shape.Vector);
    }

    Views.HistoryView history() {
        return new Views.HistoryView(
                QualityPoint.FIGURES.stream().map(QualityFigure::name).toList(), state.history());
    }

    Views.MembersView members(String name, int cluster) {
        PipelineName pipeline = known(name, cluster);
        List<SeenImage> members = state.newestOf(name, cluster, MEMBERS);
        state.show(members);
        return new Views.MembersView(
                name, cluster, Gallery.of(pipeline, members, MEMBERS).newest(cluster));
    }

    Views.ImageView image(String id) {
        SeenImage image = seen(id);
        Map<String, Views.PlacementView> placements = new TreeMap<>();
        image.placements().forEach((pipeline, placement) -> placements.put(pipeline, view(placement)));
        return new Views.ImageView(
                id,
                image.label().isPresent() ? image.label().getAsInt() : null,
                image.split().id(),
                image.epoch(),
                placements,
                state.models().entrySet().stream()
                        .filter(entry ->
                                entry.getValue().snapshot().model().decoder().isPresent())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static Views.PlacementView view(Placement placement) {
        @Nullable String clusterName = placement.clusterName().orElse(null);
        return new Views.PlacementView(
                placement.cluster(),
                clusterName,
                placement.score(),
                placement.margin(),
                placement.outlier().isPresent() ? placement.outlier().getAsDouble() : null,
                placement.modelVersion(),
                placement.trainedOn(),
                placement.scoredAt().toString());
    }

    /// Several images side by side; one that is not among the recent ones any more is black.
    ///
    /// @param model to show their reconstructions
    byte[] strip(List<String> ids, Optional<String> model) {
        if (ids.isEmpty() || ids.size() > STRIP) {
            throw new Unknown("a strip has 1 to " + STRIP + " images, not " + ids.size());
        }
        Optional<Model> through = model.map(this::model);
        return drawing.row(ids.stream()
                .map(id -> state.image(id)
                        .flatMap(image -> through.isEmpty()
                                ? Optional.of(ModelPictures.floats(image.values()))
                                : ModelPictures.reconstruction(through.get(), image.values()))
                        .orElse(BLACK))
                .toList());
    }

    private Model model(String name) {
        PageState.Published published = state.models().get(name);
        if (published == null) {
            throw new Unknown("no snapshot of model '" + name + "'");
        }
        return published.snapshot().model();
    }

    byte[] picture(String id) {
        return drawing.png(seen(id).values());
    }

    byte[] reconstruction(String model, String id) {
        SeenImage image = seen(id);
        return ModelPictures.reconstruction(model(model), image.values())
                .map(drawing::png)
                .orElseThrow(() -> new Unknown("model " + model + " has no decoder"));
    }

    /// The centre of a cluster; where its model cannot draw one, the mean of the newest members.
    byte[] centre(String name, int cluster) {
        PipelineName pipeline = known(name, cluster);
        Optional<float[]> drawn = state.modelOf(pipeline)
                .flatMap(
                        answering -> ModelPictures.centre(answering.snapshot().model(), answering.pipeline(), cluster));
        return drawn.map(drawing::png).orElseGet(() -> mean(name, cluster));
    }

    private byte[] mean(String name, int cluster) {
        List<SeenImage> members = state.newestOf(name, cluster, MEMBERS);
        if (members.isEmpty()) {
            throw new Unknown("cluster " + cluster + " of " + name + " has no picture yet");
        }
        float[] sum = new float[state.dataset().shape().values()];
        for (SeenImage image : members) {
            float[] values = ModelPictures.floats(image.values());
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i] / members.size();
            }
        }
        return drawing.png(sum);
    }

    private SeenImage seen(String id) {
        return state.image(id).orElseThrow(() -> new Unknown("no image '" + id + "' among the recent ones"));
    }

    private PipelineName known(String name, int cluster) {
        if (!state.pipelines().contains(name)) {
            throw new Unknown("no pipeline '" + name + "'");
        }
        PipelineName pipeline = PipelineName.parse(name);
        if (cluster < 0 || cluster >= pipeline.k()) {
            throw new Unknown("pipeline " + name + " has clusters 0 to " + (pipeline.k() - 1) + ", not " + cluster);
        }
        return pipeline;
    }
}
