package weft.trainer.cluster;

import weft.core.math.Matrix;
import weft.core.math.NearestCentroids;
import weft.trainer.proto.KMeansState;

/// Centroids as means of what came, older codes counting less: `S ← f S + Σx, n ← f n + count, centroid = S / n,
/// f = e^(−B / memory)`.
///
/// As `f` is the same for both, a centroid moves by `(Σx − count · centroid) / n`, and not at all where nothing came:
/// `S` need not be kept.
final class DecayedMeans {
    private static final double DEAD_SHARE = 0.01;

    /// Images of a window that counts in full; of a longer one all count less, and alike.
    private static final double FULL_WINDOW = 10_000;

    private final int k;
    private final int d;
    private final double usualMemory;
    private double memory;
    private final double[] counts;
    private final NearestCentroids nearest;
    private float[] distances = {};
    private float[] centroids;

    DecayedMeans(int k, int dimension, double memory) {
        this.k = k;
        d = dimension;
        usualMemory = memory;
        this.memory = memory;
        centroids = new float[k * d];
        counts = new double[k];
        nearest = new NearestCentroids(k, d);
        nearest.use(centroids);
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

    double[] counts() {
        return counts.clone();
    }

    Matrix matrix() {
        return Matrix.of(k, d, centroids);
    }

    /// What codes teach, and the cluster of each; nothing is changed by it.
    KMeansContribution contribution(Codes codes, int[] clusters) {
        int n = codes.rows();
        if (distances.length < n) {
            distances = new float[n];
        }
        nearest.find(codes.values(), n, clusters, distances);
        KMeansContribution taught = new KMeansContribution(k, d);
        for (int i = 0; i < n; i++) {
            taught.add(clusters[i], codes.values(), codes.offset(i), distances[i]);
        }
        return taught;
    }

    /// Learns what was taught; says whether a dead cluster was put elsewhere.
    boolean apply(KMeansContribution taught) {
        double keep = Math.exp(-taught.images() / memory);
        for (int c = 0; c < k; c++) {
            counts[c] = counts[c] * keep + taught.counts()[c];
            if (taught.counts()[c] > 0) {
                float share = (float) (1 / counts[c]);
                float came = (float) taught.counts()[c];
                float[] sum = taught.sum(c);
                for (int j = 0; j < d; j++) {
                    centroids[c * d + j] += (sum[j] - came * centroids[c * d + j]) * share;
                }
                nearest.moved(c);
            }
        }
        return reseedDead(taught.farthest(), taught.distance());
    }

    /// What was learnt counts as few images from now on, and what comes is forgotten faster.
    ///
    /// @param images that all centroids together may count as
    void shorten(double images, double shorter) {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        double share = Math.min(1, images / total);
        for (int c = 0; c < k; c++) {
            counts[c] *= share;
        }
        memory = Math.min(usualMemory, shorter);
    }

    /// Whether it remembers less than usual.
    boolean forgets() {
        return memory < usualMemory;
    }

    /// What comes is remembered as long as ever.
    void lengthen() {
        memory = usualMemory;
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
        System.arraycopy(farthest, 0, centroids, smallest * d, d);
        nearest.moved(smallest);
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
        nearest.use(centroids);
    }

    KMeansState save() {
        KMeansState.Builder state = KMeansState.newBuilder();
        for (float value : centroids) {
            state.addCentroids(value);
        }
        for (double count : counts) {
            state.addCounts(count);
        }
        if (memory != usualMemory) {
            state.setShorterMemory(memory);
        }
        return state.build();
    }

    void restore(KMeansState state) {
        memory = state.getShorterMemory() > 0 ? state.getShorterMemory() : usualMemory;
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] = state.getCentroids(i);
        }
        for (int c = 0; c < k; c++) {
            counts[c] = state.getCounts(c);
        }
        nearest.use(centroids);
    }
}
