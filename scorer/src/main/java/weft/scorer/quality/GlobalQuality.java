package weft.scorer.quality;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Quality;
import weft.core.metric.Tally;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigure;
import weft.kafka.wire.QualityFigure.Measured;
import weft.kafka.wire.QualityFigures;
import weft.kafka.wire.QualityFigures.OfSlice;
import weft.kafka.wire.QualityFigures.Span;
import weft.scorer.proto.QualityPartial;
import weft.scorer.proto.SliceCounts;

/// The figures of a pipeline from the totals of all tasks.
public final class GlobalQuality {
    private final List<String> classes;

    /// How many images of each label fell into each cluster.
    ///
    /// @param labels names of the table's columns
    public record Labelled(ContingencyTable table, List<String> labels) {}

    /// For a data set that names these classes, or none.
    public GlobalQuality(List<String> classes) {
        this.classes = List.copyOf(classes);
    }

    /// Whether totals are complete and of one size, so that [#of] can add them up.
    public static boolean wellFormed(QualityPartial partial) {
        try {
            return TallyName.parse(partial.getPipeline()).pipeline().k() == partial.getClusters()
                    && partial.getSizesCount() == partial.getClusters()
                    && partial.getLabelsList().stream().distinct().count() == partial.getLabelsCount()
                    && partial.getSlicesList().stream().allMatch(counts -> Counts.wellFormed(counts, partial));
        } catch (IllegalArgumentException unknownPipeline) {
            return false;
        }
    }

    /// Adds the tasks' totals up and measures.
    ///
    /// @param partials of one pipeline, one for each task, at least one
    public QualityEvent of(Collection<QualityPartial> partials, Instant at) {
        return of(partials.iterator().next().getPipeline(), partials, at);
    }

    /// The same under another name.
    public QualityEvent of(String name, Collection<QualityPartial> partials, Instant at) {
        QualityPartial first = partials.iterator().next();
        QualityPartial described = partials.stream()
                .filter(partial -> !partial.getObjectiveFigure().isEmpty())
                .findFirst()
                .orElse(first);
        long version = 0;
        double images = 0;
        double objective = 0;
        double margin = 0;
        double silhouette = 0;
        long[] sizes = new long[first.getClusters()];
        for (QualityPartial partial : partials) {
            version = Math.max(version, partial.getModelVersion());
            images += partial.getImages();
            objective += partial.getObjectiveSum();
            margin += partial.getMarginSum();
            silhouette += partial.getSilhouetteSum();
            for (int c = 0; c < sizes.length; c++) {
                sizes[c] += partial.getSizes(c);
            }
        }
        List<Measured> figures = new ArrayList<>();
        tell(figures, QualityFigures.IMAGES, images);
        // Empty where a scorer has only just begun: it says what is optimised with its first assignment.
        if (!described.getObjectiveFigure().isEmpty()) {
            tell(figures, QualityFigures.named(described.getObjectiveFigure()), objective / images);
        }
        tell(figures, QualityFigures.MEAN_MARGIN, margin / images);
        if (described.getDistances()) {
            tell(figures, QualityFigures.SIMPLIFIED_SILHOUETTE, silhouette / images);
        }
        tell(
                figures,
                QualityFigures.LARGEST_CLUSTER_SHARE,
                Arrays.stream(sizes).max().orElse(0) / images);
        tell(figures, QualityFigures.EMPTY_CLUSTERS, (double)
                Arrays.stream(sizes).filter(size -> size == 0).count());
        for (Span span : Span.values()) {
            tellSlices(figures, partials, span);
        }
        return new QualityEvent(name, version, at, figures);
    }

    private void tellSlices(List<Measured> figures, Collection<QualityPartial> partials, Span span) {
        boolean window = span == Span.WINDOW;
        ContingencyTable prequential = counts(partials, Slice.PREQUENTIAL, window);
        ContingencyTable trained = counts(partials, Slice.TRAINED, window);
        ContingencyTable test = counts(partials, Slice.TEST, window);
        // A scorer that came late has judged most train images by snapshots that knew them.
        ContingencyTable train = prequential.plus(trained);
        tell(figures, QualityFigures.Slice.PREQUENTIAL, span, Quality.of(prequential));
        tell(figures, QualityFigures.Slice.TRAINED, span, Quality.of(trained));
        // Which class a cluster stands for is learnt from the train split alone.
        tell(figures, QualityFigures.Slice.TEST, span, Quality.of(test, train));
    }

    private static void tell(List<Measured> figures, QualityFigures.Slice slice, Span span, Quality quality) {
        tell(figures, OfSlice.IMAGES.of(slice, span), (double) quality.images());
        tell(figures, OfSlice.ACCURACY.of(slice, span), quality.accuracy());
        tell(figures, OfSlice.ACCURACY_HUNGARIAN.of(slice, span), quality.accuracyHungarian());
        tell(figures, OfSlice.HOMOGENEITY.of(slice, span), quality.homogeneity());
        tell(figures, OfSlice.COMPLETENESS.of(slice, span), quality.completeness());
        tell(figures, OfSlice.V_MEASURE.of(slice, span), quality.vMeasure());
        tell(figures, OfSlice.NMI.of(slice, span), quality.nmi());
        tell(figures, OfSlice.ARI.of(slice, span), quality.ari());
    }

    /// A figure that has no images yet is not told.
    private static void tell(List<Measured> figures, QualityFigure figure, double value) {
        if (Double.isFinite(value)) {
            figures.add(figure.of(value));
        }
    }

    /// Clusters × labels of one slice over all tasks, over their life or over their windows: the named classes in
    /// their order, then other labels by their names.
    ///
    /// @param partials of one pipeline, one for each task, at least one
    public Labelled table(Collection<QualityPartial> partials, Slice slice, boolean window) {
        return new Labelled(counts(partials, slice, window), labels(partials));
    }

    private ContingencyTable counts(Collection<QualityPartial> partials, Slice slice, boolean window) {
        Map<String, Integer> columns = new HashMap<>();
        labels(partials).forEach(label -> columns.put(label, columns.size()));
        // Where nobody has told a label yet, one column of zeros makes it a table.
        int width = Math.max(1, columns.size());
        if (partials.stream().anyMatch(partial -> partial.getLabelsCount() == 0)) {
            width = Math.max(width, TenClasses.CLASSES);
        }
        Tally sum = new Tally(partials.iterator().next().getClusters(), width);
        for (QualityPartial partial : partials) {
            SliceCounts counts = counts(partial, slice);
            if (counts != null) {
                Counts.addTo(sum, counts, partial, window, columns);
            }
        }
        return sum.table();
    }

    private List<String> labels(Collection<QualityPartial> partials) {
        Set<String> labels = new LinkedHashSet<>(classes);
        partials.stream()
                .flatMap(partial -> partial.getLabelsList().stream())
                .sorted()
                .forEach(labels::add);
        return List.copyOf(labels);
    }

    /// Null where a task of an earlier release did not count it.
    private static @Nullable SliceCounts counts(QualityPartial partial, Slice slice) {
        return partial.getSlicesList().stream()
                .filter(counts -> counts.getSlice().equals(slice.id()))
                .findFirst()
                .orElse(null);
    }
}
