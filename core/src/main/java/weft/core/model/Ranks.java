package weft.core.model;

import weft.core.math.Matrix;
import weft.core.math.Vector;

/// Where an image stands among the recent ones of its cluster by its [Strangeness].
///
/// Up to nine tenths the quantiles of the cluster itself tell. What lies beyond is rare in any one cluster, so all
/// clusters together tell there how far beyond its cluster's last quantile an image lies. Past the last of those
/// levels the rest falls off as `1 / (1 + x)`: nothing is so strange that a stranger image would not be told apart. No
/// quantile is beyond what a twentieth of all images exceeds, so that a cluster of nothing but strange images does not
/// hide them.
///
/// @param quantiles clusters x [#LEVELS] tenths, each row rising
/// @param tail how far beyond that shares of [#BEYOND] of what is beyond lie at most, rising
public record Ranks(Matrix quantiles, Vector tail) {
    /// 0, .1, …, .9.
    static final int LEVELS = 10;

    /// Shares of the images beyond their cluster's last quantile.
    static final double[] BEYOND = {0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99};

    /// Fewer images tell nothing of a cluster: it is judged as all clusters together.
    private static final int FEWEST = 20;

    /// What is stranger than this share of all images is strange in any cluster.
    private static final double STRANGEST = 0.95;

    private static final double REST = 1.0 / LEVELS;

    public Ranks {
        if (quantiles.columns() != LEVELS || tail.size() != BEYOND.length) {
            throw new IllegalArgumentException("ranks have " + LEVELS + " quantiles of a cluster and " + BEYOND.length
                    + " beyond, not " + quantiles.columns() + " and " + tail.size());
        }
        for (int c = 0; c < quantiles.rows(); c++) {
            for (int i = 1; i < LEVELS; i++) {
                if (quantiles.get(c, i) < quantiles.get(c, i - 1)) {
                    throw new IllegalArgumentException("the ranks of cluster " + c + " do not rise");
                }
            }
        }
        for (int i = 1; i < BEYOND.length; i++) {
            if (tail.get(i) < tail.get(i - 1)) {
                throw new IllegalArgumentException("the ranks beyond all clusters do not rise");
            }
        }
    }

    /// Measures `n` images.
    ///
    /// @param clusters of each image, 0 to k - 1
    /// @param strangeness of each; at least one image
    public static Ranks of(int k, int[] clusters, float[] strangeness, int n) {
        float[][] members = Quantiles.sorted(k, clusters, strangeness, n);
        float[] all = Quantiles.sorted(strangeness, n);
        float strangest = Quantiles.at(all, STRANGEST);
        float[] quantiles = new float[k * LEVELS];
        for (int c = 0; c < k; c++) {
            float[] of = members[c].length < FEWEST ? all : members[c];
            for (int i = 0; i < LEVELS; i++) {
                quantiles[c * LEVELS + i] = Math.min(Quantiles.at(of, i * REST), strangest);
            }
        }
        float[] beyond = new float[n];
        int size = 0;
        for (int i = 0; i < n; i++) {
            float excess = strangeness[i] - quantiles[clusters[i] * LEVELS + LEVELS - 1];
            if (excess > 0) {
                beyond[size++] = excess;
            }
        }
        float[] sorted = Quantiles.sorted(beyond, size);
        double[] tail = new double[BEYOND.length];
        for (int i = 1; i < tail.length && size > 0; i++) {
            tail[i] = Quantiles.at(sorted, BEYOND[i]);
        }
        return new Ranks(Matrix.of(k, LEVELS, quantiles), Vector.of(tail));
    }

    /// The share of the cluster's recent images that are less strange, 0 to 1.
    public double share(int cluster, double strangeness) {
        double last = quantiles.get(cluster, LEVELS - 1);
        if (strangeness > last) {
            return 1 - REST + REST * beyond(strangeness - last);
        }
        if (strangeness <= quantiles.get(cluster, 0)) {
            return 0;
        }
        int above = 1;
        while (quantiles.get(cluster, above) < strangeness) {
            above++;
        }
        double low = quantiles.get(cluster, above - 1);
        return (above - 1 + (strangeness - low) / (quantiles.get(cluster, above) - low)) * REST;
    }

    private double beyond(double excess) {
        int last = BEYOND.length - 1;
        double end = tail.get(last);
        if (excess > end) {
            double scale = end > 0 ? end - tail.get(last - 1) : 0;
            double far = (excess - end) / Math.max(scale, Float.MIN_NORMAL);
            return 1 - (1 - BEYOND[last]) / (1 + far);
        }
        int above = 1;
        while (tail.get(above) < excess) {
            above++;
        }
        double low = tail.get(above - 1);
        double part = (excess - low) / (tail.get(above) - low);
        return BEYOND[above - 1] + part * (BEYOND[above] - BEYOND[above - 1]);
    }
}
