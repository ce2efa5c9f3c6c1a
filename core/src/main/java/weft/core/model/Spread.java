package weft.core.model;

import java.util.Arrays;
import weft.core.math.Matrix;

/// How far recent images lie from the middle of their cluster, as quantiles of each cluster: what is strange is judged
/// by it.
///
/// Between two levels the share is interpolated. Behind the last one the distances are taken to fall off
/// exponentially, with the rate that the last two levels show (the peaks over a threshold of Pickands 1975, with shape
/// 0), so that what lies outside of everything seen is still told apart.
///
/// @param quantiles clusters x [#LEVELS], each row rising
public record Spread(Matrix quantiles) {
    /// The shares of a cluster's images that the quantiles stand for.
    static final double[] LEVELS = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98};

    /// Fewer images tell nothing of a cluster: it is judged as all clusters together.
    private static final int FEWEST = 20;

    private static final int LAST = LEVELS.length - 1;

    public Spread {
        if (quantiles.columns() != LEVELS.length) {
            throw new IllegalArgumentException(
                    "a spread has " + LEVELS.length + " quantiles of a cluster, not " + quantiles.columns());
        }
        for (int c = 0; c < quantiles.rows(); c++) {
            for (int i = 1; i < LEVELS.length; i++) {
                if (quantiles.get(c, i) < quantiles.get(c, i - 1)) {
                    throw new IllegalArgumentException("the quantiles of cluster " + c + " do not rise");
                }
            }
        }
    }

    /// Measures `n` images.
    ///
    /// @param clusters of each image, 0 to k - 1
    /// @param strangeness of each, as [Objective#strangeness]; at least one image
    public static Spread of(int k, int[] clusters, float[] strangeness, int n) {
        float[][] members = Quantiles.sorted(k, clusters, strangeness, n);
        float[] all = Quantiles.sorted(strangeness, n);
        float[] quantiles = new float[k * LEVELS.length];
        for (int c = 0; c < k; c++) {
            float[] of = members[c].length < FEWEST ? all : members[c];
            for (int i = 0; i < LEVELS.length; i++) {
                quantiles[c * LEVELS.length + i] = Quantiles.at(of, LEVELS[i]);
            }
        }
        return new Spread(Matrix.of(k, LEVELS.length, quantiles));
    }

    /// How far that share of a cluster's recent images lies at most.
    ///
    /// @param level one of those that are kept, for example 0.5 or 0.98
    public float quantile(int cluster, double level) {
        int at = Arrays.binarySearch(LEVELS, level);
        if (at < 0) {
            throw new IllegalArgumentException("the quantile of " + level + " is not kept");
        }
        return quantiles.get(cluster, at);
    }

    /// The share of the cluster's recent images that lie nearer, 0 to 1.
    public double share(int cluster, double strangeness) {
        if (strangeness <= quantiles.get(cluster, 0)) {
            return 0;
        }
        double last = quantiles.get(cluster, LAST);
        if (strangeness > last) {
            double rate =
                    Math.log((1 - LEVELS[LAST - 1]) / (1 - LEVELS[LAST])) / (last - quantiles.get(cluster, LAST - 1));
            return 1 - (1 - LEVELS[LAST]) * Math.exp(-rate * (strangeness - last));
        }
        int above = 1;
        while (quantiles.get(cluster, above) < strangeness) {
            above++;
        }
        double low = quantiles.get(cluster, above - 1);
        double part = (strangeness - low) / (quantiles.get(cluster, above) - low);
        return LEVELS[above - 1] + part * (LEVELS[above] - LEVELS[above - 1]);
    }
}
