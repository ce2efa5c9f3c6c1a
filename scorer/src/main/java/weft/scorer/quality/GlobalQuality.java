package weft.scorer.quality;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weft.core.image.FashionClasses;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Quality;
import weft.core.model.PipelineName;
import weft.kafka.wire.QualityEvent;
import weft.scorer.proto.QualityPartial;
import weft.scorer.proto.SliceCounts;

/// The figures of a pipeline from the totals of all tasks.
public final class GlobalQuality {
    private GlobalQuality() {}

    /// Whether totals are complete and of one size, so that [#of] can add them up.
    public static boolean wellFormed(QualityPartial partial) {
        try {
            int cells = partial.getClusters() * FashionClasses.COUNT;
            return PipelineName.parse(partial.getPipeline()).k() == partial.getClusters()
                    && partial.getSizesCount() == partial.getClusters()
                    && partial.getSlicesList().stream()
                            .allMatch(counts -> counts.getLifetimeCount() == cells && counts.getWindowCount() == cells);
        } catch (IllegalArgumentException unknownPipeline) {
            return false;
        }
    }

    /// Adds the tasks' totals up and measures.
    ///
    /// @param partials of one pipeline, one for each task, at least one
    public static QualityEvent of(Collection<QualityPartial> partials, Instant at) {
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
        Map<String, Double> figures = new TreeMap<>();
        figures.put("images", images);
        // Empty where a scorer has only just begun: it says what is optimised with its first assignment.
        if (!described.getObjectiveFigure().isEmpty()) {
            figures.put(described.getObjectiveFigure(), objective / images);
        }
        figures.put("meanMargin", margin / images);
        if (described.getDistances()) {
            figures.put("simplifiedSilhouette", silhouette / images);
        }
        figures.put("largestClusterShare", Arrays.stream(sizes).max().orElse(0) / images);
        figures.put("emptyClusters", (double)
                Arrays.stream(sizes).filter(size -> size == 0).count());
        addQuality(partials, figures, false);
        addQuality(partials, figures, true);
        figures.values().removeIf(value -> !Double.isFinite(value));
        return new QualityEvent(first.getPipeline(), version, at, figures);
    }

    private static void addQuality(Collection<QualityPartial> partials, Map<String, Double> figures, boolean window) {
        // A scorer that came late has judged most train images by snapshots that knew them.
        ContingencyTable train =
                table(partials, Slice.PREQUENTIAL, window).plus(table(partials, Slice.TRAINED, window));
        for (Slice slice : List.of(Slice.PREQUENTIAL, Slice.TRAINED, Slice.TEST)) {
            ContingencyTable table = table(partials, slice, window);
            String prefix = slice.id() + (window ? "Window" : "");
            Quality quality = Quality.of(table);
            boolean test = slice == Slice.TEST;
            figures.put(prefix + "Images", (double) quality.images());
            // Which class a cluster stands for is learnt from the train split alone.
            figures.put(prefix + "Accuracy", test ? accuracy(table, train, train.majority()) : quality.accuracy());
            figures.put(
                    prefix + "AccuracyHungarian",
                    test ? accuracy(table, train, Quality.hungarianMapping(train)) : quality.accuracyHungarian());
            figures.put(prefix + "Homogeneity", quality.homogeneity());
            figures.put(prefix + "Completeness", quality.completeness());
            figures.put(prefix + "VMeasure", quality.vMeasure());
            figures.put(prefix + "Nmi", quality.nmi());
            figures.put(prefix + "Ari", quality.ari());
        }
    }

    private static double accuracy(ContingencyTable table, ContingencyTable train, int[] mapping) {
        return train.total() == 0 ? Double.NaN : Quality.accuracy(table, mapping);
    }

    /// Clusters × classes of one slice over all tasks, over their life or over their windows.
    ///
    /// @param partials of one pipeline, one for each task, at least one
    public static ContingencyTable table(Collection<QualityPartial> partials, Slice slice, boolean window) {
        ContingencyTable sum = ContingencyTable.empty(partials.iterator().next().getClusters(), FashionClasses.COUNT);
        for (QualityPartial partial : partials) {
            SliceCounts counts = counts(partial, slice);
            if (counts == null) {
                continue;
            }
            long[][] rows = new long[partial.getClusters()][FashionClasses.COUNT];
            for (int c = 0; c < rows.length; c++) {
                for (int label = 0; label < FashionClasses.COUNT; label++) {
                    int at = c * FashionClasses.COUNT + label;
                    rows[c][label] = window ? counts.getWindow(at) : counts.getLifetime(at);
                }
            }
            sum = sum.plus(ContingencyTable.of(rows));
        }
        return sum;
    }

    /// Null where a task of an earlier release did not count it.
    private static @Nullable SliceCounts counts(QualityPartial partial, Slice slice) {
        return partial.getSlicesList().stream()
                .filter(counts -> counts.getSlice().equals(slice.id()))
                .findFirst()
                .orElse(null);
    }
}
