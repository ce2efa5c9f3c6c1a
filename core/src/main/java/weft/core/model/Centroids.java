package weft.core.model;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.core.math.Kernels;
import weft.core.math.Matrix;
import weft.core.math.NearestCentroids;
import weft.core.math.NearestTwo;

/// Clusters by the nearest centroid; score and margin are Euclidean distances.
///
/// @param centroids k x code size
/// @param normalised whether codes are scaled to length 1 first
public record Centroids(Matrix centroids, boolean normalised) implements Clusterer {
    public Centroids {
        if (centroids.rows() < 2) {
            throw new IllegalArgumentException("k must be at least 2, not " + centroids.rows());
        }
    }

    @Override
    public int k() {
        return centroids.rows();
    }

    @Override
    public int codeSize() {
        return centroids.columns();
    }

    @Override
    public Objective objective() {
        return Objective.INERTIA;
    }

    /// Empty where codes are normalised: a direction has no length of its own, so no image belongs to it.
    @Override
    public Optional<float[]> centre(int cluster) {
        return normalised ? Optional.empty() : Optional.of(centroids.row(cluster));
    }

    @Override
    public Map<String, Double> figures(long images, double objectiveSum) {
        return Map.of("inertia", objectiveSum);
    }

    @Override
    public Pass pass() {
        return new NearestPass(this);
    }

    private static final class NearestPass implements Pass {
        private final Matrix centroids;
        private final boolean normalised;
        private final NearestTwo two;
        private final float[] unit;
        private double nearest;

        /// Made where blocks come, which most passes never see.
        private @Nullable NearestCentroids block;

        NearestPass(Centroids model) {
            centroids = model.centroids;
            normalised = model.normalised;
            two = new NearestTwo(centroids);
            unit = new float[normalised ? model.codeSize() : 0];
        }

        @Override
        public Assignment assign(float[] code) {
            float[] x = code;
            if (normalised) {
                Kernels.normalise(code, 0, unit, 0, unit.length);
                x = unit;
            }
            two.find(x);
            nearest = two.first();
            double score = Math.sqrt(nearest);
            return new Assignment(two.nearest(), score, Math.sqrt(two.second()) - score);
        }

        @Override
        public double objective() {
            return nearest;
        }

        @Override
        public void assign(float[] codes, int codeSize, int n, int[] clusters, float[] objectives) {
            if (block == null) {
                block = new NearestCentroids(centroids.rows(), codeSize);
                block.use(centroids.toArray());
            }
            float[] x = codes;
            if (normalised) {
                x = new float[n * codeSize];
                for (int i = 0; i < n; i++) {
                    Kernels.normalise(codes, i * codeSize, x, i * codeSize, codeSize);
                }
            }
            block.find(x, n, clusters, objectives);
        }
    }
}
