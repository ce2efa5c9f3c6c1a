package weft.trainer.cluster;

import weft.core.math.Kernels;

/// What a mini-batch teaches k-means: for each cluster the sum and the number of its codes.
///
/// Contributions under the same centroids may be added before they are applied.
final class KMeansContribution {
    private final float[][] sums;
    private final double[] counts;
    private final float[] farthest;
    private float distance = -1;
    private double inertia;
    private long images;

    KMeansContribution(int k, int dimension) {
        sums = new float[k][0];
        counts = new double[k];
        farthest = new float[dimension];
    }

    /// Counts the code that starts at `offset` in.
    void add(int cluster, float[] codes, int offset, float squaredDistance) {
        int d = farthest.length;
        if (sums[cluster].length == 0) {
            sums[cluster] = new float[d];
        }
        Kernels.axpy(1, codes, offset, sums[cluster], 0, d);
        counts[cluster]++;
        inertia += squaredDistance;
        images++;
        if (squaredDistance > distance) {
            distance = squaredDistance;
            System.arraycopy(codes, offset, farthest, 0, d);
        }
    }

    /// Of the codes of both.
    KMeansContribution plus(KMeansContribution other) {
        KMeansContribution both = new KMeansContribution(counts.length, farthest.length);
        for (int c = 0; c < counts.length; c++) {
            both.counts[c] = counts[c] + other.counts[c];
            both.sums[c] = sums[c].length == 0 ? other.sums[c].clone() : sums[c].clone();
            if (sums[c].length > 0 && other.sums[c].length > 0) {
                Kernels.axpy(1, other.sums[c], 0, both.sums[c], 0, farthest.length);
            }
        }
        KMeansContribution worse = other.distance > distance ? other : this;
        System.arraycopy(worse.farthest, 0, both.farthest, 0, farthest.length);
        both.distance = worse.distance;
        both.inertia = inertia + other.inertia;
        both.images = images + other.images;
        return both;
    }

    /// The summed codes of a cluster, empty where it got none; never written by others.
    float[] sum(int cluster) {
        return sums[cluster];
    }

    double[] counts() {
        return counts;
    }

    /// The code that fits worst.
    float[] farthest() {
        return farthest;
    }

    /// The squared distance of [#farthest]; negative where there was no code.
    float distance() {
        return distance;
    }

    /// The sum of the squared distances.
    double inertia() {
        return inertia;
    }

    long images() {
        return images;
    }
}
