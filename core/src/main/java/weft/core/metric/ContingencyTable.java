package weft.core.metric;

import java.util.Arrays;

/// How many images of each class fell into each cluster; immutable.
public final class ContingencyTable {
    private final int clusters;
    private final int classes;
    private final long[] counts;

    ContingencyTable(int clusters, int classes, long[] counts) {
        this.clusters = clusters;
        this.classes = classes;
        this.counts = counts;
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a count must be at least 0, not " + count);
            }
        }
    }

    /// A table of zeros.
    public static ContingencyTable empty(int clusters, int classes) {
        return new ContingencyTable(clusters, classes, new long[clusters * classes]);
    }

    /// Copies a row for each cluster with a column for each class.
    public static ContingencyTable of(long[][] rows) {
        int classes = rows[0].length;
        long[] counts = new long[rows.length * classes];
        for (int c = 0; c < rows.length; c++) {
            if (rows[c].length != classes) {
                throw new IllegalArgumentException("rows of " + classes + " and of " + rows[c].length + " classes");
            }
            System.arraycopy(rows[c], 0, counts, c * classes, classes);
        }
        return new ContingencyTable(rows.length, classes, counts);
    }

    public int clusters() {
        return clusters;
    }

    public int classes() {
        return classes;
    }

    public long count(int cluster, int clazz) {
        return counts[cluster * classes + clazz];
    }

    /// All images.
    public long total() {
        return Arrays.stream(counts).sum();
    }

    public long clusterSize(int cluster) {
        return Arrays.stream(counts, cluster * classes, (cluster + 1) * classes).sum();
    }

    public long classSize(int clazz) {
        long sum = 0;
        for (int cluster = 0; cluster < clusters; cluster++) {
            sum += count(cluster, clazz);
        }
        return sum;
    }

    /// The most common class of each cluster; the lowest wins a tie, an empty cluster has -1.
    public int[] majority() {
        int[] majority = new int[clusters];
        for (int cluster = 0; cluster < clusters; cluster++) {
            majority[cluster] = -1;
            long most = 0;
            for (int clazz = 0; clazz < classes; clazz++) {
                if (count(cluster, clazz) > most) {
                    most = count(cluster, clazz);
                    majority[cluster] = clazz;
                }
            }
        }
        return majority;
    }

    /// The same counts with more columns, or without columns of zeros at the end.
    ///
    /// @throws IllegalArgumentException where a column with images would go
    public ContingencyTable resized(int columns) {
        for (int clazz = columns; clazz < classes; clazz++) {
            if (classSize(clazz) > 0) {
                throw new IllegalArgumentException("class " + clazz + " of " + columns + " has images");
            }
        }
        long[] copy = new long[clusters * columns];
        for (int cluster = 0; cluster < clusters; cluster++) {
            System.arraycopy(counts, cluster * classes, copy, cluster * columns, Math.min(classes, columns));
        }
        return new ContingencyTable(clusters, columns, copy);
    }

    /// The sum of two tables of one shape.
    public ContingencyTable plus(ContingencyTable other) {
        if (clusters != other.clusters || classes != other.classes) {
            throw new IllegalArgumentException("tables of " + clusters + " x " + classes + " and of " + other.clusters
                    + " x " + other.classes + " do not combine");
        }
        long[] sum = new long[counts.length];
        Arrays.setAll(sum, i -> counts[i] + other.counts[i]);
        return new ContingencyTable(clusters, classes, sum);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContingencyTable that
                && clusters == that.clusters
                && classes == that.classes
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * clusters + classes) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "ContingencyTable[" + clusters + " x " + classes + ", " + total() + " images]";
    }
}
