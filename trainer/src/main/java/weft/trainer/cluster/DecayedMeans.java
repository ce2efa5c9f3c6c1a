package weft.trainer.cluster;

import weft.core.math.Kernels;
import weft.core.math.Matrix;
import weft.trainer.proto.KMeansState;

/// Centroids as means of what came, older codes counting less: `S ← f S + Σx, n ← f n + count, centroid = S / n,
/// f = e^(−B / memory)`.
final class DecayedMeans {
    private static final double DEAD_SHARE = 0.01;

    /// Images of a window that counts in full; of a longer one all count less, and alike.
    private static final double FULL_WINDOW = 10_000;

    private final int k;
    private final int d;
    private final double memory;
    private final float[] sums;
    private final double[] counts;
    private final float[] distances;
    private float[] centroids;

    DecayedMeans(int k, int dimension, double memory) {
        this.k = k;
        d = dimension;
        this.memory = memory;
        centroids = new float[k * d];
        sums = new float[k * d];
        counts = new double[k];
        distances = new float[k];
    }

    int k() {
        return k;
    }

    int dimension() {
        return d;
    }

    /// K rows; never written by others.
    float[] centroids() {
        return centroids;
    }

    Matrix matrix() {
        return Matrix.of(k, d, centroids);
    }

    /// What codes teach, and the cluster of each; nothing is changed by it.
    KMeansContribution contribution(Codes codes, int[] clusters) {
        KMeansContribution taught = new KMeansContribution(k, d);
        for (int i = 0; i < codes.rows(); i++) {
            Kernels.squaredDistances(centroids, k, d, codes.values(), codes.offset(i), distances);
            int best = Kernels.argmin(distances, k);
            clusters[i] = best;
            taught.add(best, codes.values(), codes.offset(i), distances[best]);
        }
        return taught;
    }

    /// Learns what was taught; says whether a dead cluster was put elsewhere.
    boolean apply(KMeansContribution taught) {
        float keep = (float) Math.exp(-taught.images() / memory);
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] * keep + taught.sums()[i];
        }
        for (int c = 0; c < k; c++) {
            counts[c] = counts[c] * keep + taught.counts()[c];
        }
        boolean reseeded = reseedDead(taught.farthest(), taught.distance());
        for (int c = 0; c < k; c++) {
            if (counts[c] > 0) {
                float scale = (float) (1 / counts[c]);
                for (int j = c * d; j < (c + 1) * d; j++) {
                    centroids[j] = sums[j] * scale;
                }
            }
        }
        return reseeded;
    }

    /// Puts the smallest cluster, where its count fell under a small share of the largest, on the
    /// worst-fitting code.
    private boolean reseedDead(float[] farthest, float distance) {
        int smallest = 0;
        double largest = 0;
        double total = 0;
        for (int c = 0; c < k; c++) {
            smallest = counts[c] < counts[smallest] ? c : smallest;
            largest = Math.max(largest, counts[c]);
            total += counts[c];
        }
        if (counts[smallest] >= DEAD_SHARE * largest || !(distance > 0)) {
            return false;
        }
        // Enough weight to live on until it has members of its own.
        double weight = Math.max(2 * DEAD_SHARE * largest, 0.1 * total / k);
        for (int j = 0; j < d; j++) {
            sums[smallest * d + j] = (float) (weight * farthest[j]);
        }
        counts[smallest] = weight;
        return true;
    }

    /// Takes the centroids of a fit to a window, its cluster `c` as `ids[c]`.
    void adopt(KMeans fit, int[] ids, int images) {
        centroids = ClusterIds.reorder(fit.centroids(), d, ids);
        double share = Math.min(1, FULL_WINDOW / images);
        for (int c = 0; c < k; c++) {
            counts[ids[c]] = fit.counts()[c] * share;
        }
        for (int c = 0; c < k; c++) {
            for (int j = c * d; j < (c + 1) * d; j++) {
                sums[j] = (float) (centroids[j] * counts[c]);
            }
        }
    }

    KMeansState save() {
        KMeansState.Builder state = KMeansState.newBuilder();
        for (int i = 0; i < centroids.length; i++) {
            state.addCentroids(centroids[i]).addSums(sums[i]);
        }
        for (double count : counts) {
            state.addCounts(count);
        }
        return state.build();
    }

    void restore(KMeansState state) {
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] = state.getCentroids(i);
            sums[i] = state.getSums(i);
        }
        for (int c = 0; c < k; c++) {
            counts[c] = state.getCounts(c);
        }
    }
}
