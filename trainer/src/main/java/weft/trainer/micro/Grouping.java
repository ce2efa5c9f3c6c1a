package weft.trainer.micro;

import java.util.SplittableRandom;
import weft.core.math.Kernels;
import weft.trainer.cluster.Codes;
import weft.trainer.cluster.KMeans;

/// Groups micro-clusters by spectral clustering (Ng, Jordan and Weiss 2001) of a [NeighbourGraph].
///
/// Micro-clusters weigh as many images as they have: each weight of the graph is multiplied by the root of the product
/// of both counts.
final class Grouping {
    private static final int RESTARTS = 20;
    private static final int ROUNDS = 50;
    private static final double LEAST_COUNT = 1e-3;

    private Grouping() {}

    /// The group of each of `n` centroids of `d` values.
    ///
    /// @param counts images of each
    /// @param k at most n
    static int[] of(float[] centroids, double[] counts, int n, int d, int k, SplittableRandom random) {
        float[] weights = NeighbourGraph.weights(centroids, n, d);
        double[] roots = new double[n];
        for (int i = 0; i < n; i++) {
            roots[i] = Math.sqrt(Math.max(LEAST_COUNT, counts[i]));
        }
        double[] scales = new double[n];
        for (int i = 0; i < n; i++) {
            double degree = 0;
            for (int j = 0; j < n; j++) {
                weights[i * n + j] *= (float) (roots[i] * roots[j]);
                degree += weights[i * n + j];
            }
            scales[i] = degree > 0 ? 1 / Math.sqrt(degree) : 0;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                weights[i * n + j] *= (float) (scales[i] * scales[j]);
            }
        }
        Codes rows = new Codes(n, k);
        float[] vectors = SymmetricEigen.largest(weights, n, k).vectors();
        for (int i = 0; i < n; i++) {
            Kernels.normalise(vectors, i * k, rows.values(), i * k, k);
        }
        rows.rows(n);
        KMeans best = KMeans.fit(rows, k, ROUNDS, random);
        for (int restart = 1; restart < RESTARTS; restart++) {
            KMeans other = KMeans.fit(rows, k, ROUNDS, random);
            best = other.inertia() < best.inertia() ? other : best;
        }
        return best.clusters();
    }
}
