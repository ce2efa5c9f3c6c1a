package weft.scorer.quality;

import java.util.Map;
import java.util.Objects;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Tally;
import weft.scorer.proto.QualityPartial;
import weft.scorer.proto.SliceCounts;

/// The wire form of one slice's counts: only the cells that are not zero.
final class Counts {
    private Counts() {}

    /// @param labels that are numbered so far; cells are told apart by cluster x labels + label
    static SliceCounts write(Slice slice, ContingencyTable lifetime, ContingencyTable window, int labels) {
        SliceCounts.Builder counts = SliceCounts.newBuilder().setSlice(slice.id());
        int before = 0;
        for (int cluster = 0; cluster < lifetime.clusters(); cluster++) {
            for (int label = 0; label < Math.min(labels, lifetime.classes()); label++) {
                long all = lifetime.count(cluster, label);
                if (all > 0) {
                    int cell = cluster * labels + label;
                    counts.addGaps(cell - before)
                            .addCellLifetime(all)
                            .addCellWindow(label < window.classes() ? window.count(cluster, label) : 0);
                    before = cell;
                }
            }
        }
        return counts.build();
    }

    /// Whether the counts fit the clusters and labels of their total.
    static boolean wellFormed(SliceCounts counts, QualityPartial partial) {
        long cells = (long) partial.getClusters() * partial.getLabelsCount();
        if (partial.getLabelsCount() == 0 && counts.getLifetimeCount() > 0) {
            return counts.getLifetimeCount() == partial.getClusters() * TenClasses.CLASSES
                    && counts.getWindowCount() == counts.getLifetimeCount();
        }
        long last = 0;
        for (int gap : counts.getGapsList()) {
            last += Integer.toUnsignedLong(gap);
        }
        return counts.getGapsCount() == counts.getCellLifetimeCount()
                && counts.getGapsCount() == counts.getCellWindowCount()
                && (counts.getGapsCount() == 0 || last < cells);
    }

    /// Adds the counts to a sum, whose columns are found by the labels' names.
    static void addTo(
            Tally sum, SliceCounts counts, QualityPartial partial, boolean window, Map<String, Integer> columns) {
        int[] columnOf = partial.getLabelsList().stream()
                .mapToInt(label -> Objects.requireNonNull(columns.get(label), label))
                .toArray();
        int cell = 0;
        for (int i = 0; i < counts.getGapsCount(); i++) {
            cell += counts.getGaps(i);
            sum.add(
                    cell / columnOf.length,
                    columnOf[cell % columnOf.length],
                    window ? counts.getCellWindow(i) : counts.getCellLifetime(i));
        }
        // An earlier release told all cells of ten classes, by their indexes.
        for (int i = 0; i < counts.getLifetimeCount(); i++) {
            sum.add(
                    i / TenClasses.CLASSES,
                    i % TenClasses.CLASSES,
                    window ? counts.getWindow(i) : counts.getLifetime(i));
        }
    }
}
