package weft.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.core.math.Kernels;
import weft.core.math.Matrix;
import weft.core.math.NearestCentroids;

/// Clusters made of many small ones: an image has the cluster of the nearest centroid.
///
/// The score is the Euclidean distance of that centroid, the margin by how much farther the nearest one of another
/// cluster is; 0 where all belong to one.
///
/// @param centroids micro-clusters x code size
/// @param clusters of each micro-cluster, 0 to k - 1
public record MicroClusters(Matrix centroids, List<Integer> clusters, int k) implements Clusterer {
    public MicroClusters {
        clusters = List.copyOf(clusters);
        if (k < 2) {
            throw new IllegalArgumentException("k must be at least 2, not " + k);
        }
        if (clusters.size() != centroids.rows()) {
            throw new IllegalArgumentException(
                    centroids.rows() + " micro-clusters do not have " + clusters.size() + " clusters");
        }
        for (int cluster : clusters) {
            if (cluster < 0 || cluster >= k) {
                throw new IllegalArgumentException("a micro-cluster is in cluster " + cluster + " of " + k);
            }
        }
    }

    @Override
    public int codeSize() {
        return centroids.columns();
    }

    @Override
    public Objective objective() {
        return Objective.INERTIA;
    }

    /// Empty: a cluster has many middles.
    @Override
    public Optional<float[]> centre(int cluster) {
        return Optional.empty();
    }

    @Override
    public Map<String, Double> figures(long images, double objectiveSum) {
        return Map.of("inertia", objectiveSum);
    }

    @Override
    public Pass pass() {
        int[] of = clusters.stream().mapToInt(Integer::intValue).toArray();
        return new MicroPass(centroids, of);
    }

    private static final class MicroPass implements Pass {
        private final Matrix centroids;
        private final int[] clusters;
        private final float[] distances;
        private double nearest;

        /// Made where blocks come, which most passes never see.
        private @Nullable NearestCentroids block;

        MicroPass(Matrix centroids, int[] clusters) {
            this.centroids = centroids;
            this.clusters = clusters;
            distances = new float[clusters.length];
        }

        @Override
        public Assignment assign(float[] code) {
            Kernels.squaredDistances(centroids, code, 0, distances);
            int best = Kernels.argmin(distances, distances.length);
            float other = Float.POSITIVE_INFINITY;
            for (int micro = 0; micro < distances.length; micro++) {
                if (clusters[micro] != clusters[best] && distances[micro] < other) {
                    other = distances[micro];
                }
            }
            nearest = distances[best];
            double score = Math.sqrt(nearest);
            return new Assignment(clusters[best], score, Float.isInfinite(other) ? 0 : Math.sqrt(other) - score);
        }

        @Override
        public double objective() {
            return nearest;
        }

        @Override
        public void assign(float[] codes, int codeSize, int n, int[] to, float[] objectives) {
            if (block == null) {
                block = new NearestCentroids(centroids.rows(), codeSize);
                block.use(centroids.toArray());
            }
            block.find(codes, n, to, objectives);
            for (int i = 0; i < n; i++) {
                to[i] = clusters[to[i]];
            }
        }
    }
}
