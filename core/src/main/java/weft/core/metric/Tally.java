package weft.core.metric;

import java.util.Objects;

/// Counts into a contingency table without allocating; for one thread.
public final class Tally {
    private final int clusters;
    private final int classes;
    private final long[] counts;

    /// Starts at zero.
    public Tally(int clusters, int classes) {
        this.clusters = clusters;
        this.classes = classes;
        counts = new long[clusters * classes];
    }

    public void add(int cluster, int clazz) {
        add(cluster, clazz, 1);
    }

    public void add(int cluster, int clazz, long images) {
        // Unchecked, a class too many would count for the next cluster.
        counts[cluster * classes + Objects.checkIndex(clazz, classes)] += images;
    }

    public void remove(int cluster, int clazz) {
        counts[cluster * classes + clazz]--;
    }

    public long count(int cluster, int clazz) {
        return counts[cluster * classes + clazz];
    }

    /// How many classes there is room for.
    public int classes() {
        return classes;
    }

    /// This one, or where it has no room for a class, a wider one with the same counts.
    public Tally withRoomFor(int clazz) {
        return clazz < classes ? this : widened(Math.max(clazz + 1, 2 * classes));
    }

    private Tally widened(int wider) {
        Tally tally = new Tally(clusters, wider);
        for (int cluster = 0; cluster < clusters; cluster++) {
            System.arraycopy(counts, cluster * classes, tally.counts, cluster * wider, classes);
        }
        return tally;
    }

    /// The counts as they are now.
    public ContingencyTable table() {
        return new ContingencyTable(clusters, classes, counts.clone());
    }
}
