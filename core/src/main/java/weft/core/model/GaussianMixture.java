package weft.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.math.Cholesky;
import weft.core.math.Kernels;
import weft.core.math.TriangleSet;
import weft.core.math.Vector;

/// Clusters by the most probable component of a Gaussian mixture with full covariances; score is the
/// responsibility of that component, margin its lead over the runner-up's.
///
/// @param components at least two, all of one dimension; their weights sum to 1
public record GaussianMixture(List<Component> components) implements Clusterer {
    /// One Gaussian.
    ///
    /// @param weight share of the data, above 0
    /// @param mean one value for each dimension
    /// @param covariance lower triangle, row by row: d (d + 1) / 2 values, positive definite
    public record Component(double weight, Vector mean, Vector covariance) {
        public Component {
            if (!(weight > 0) || weight > 1) {
                throw new IllegalArgumentException("weight must be above 0 and at most 1, not " + weight);
            }
            int d = mean.size();
            if (covariance.size() != d * (d + 1L) / 2) {
                throw new IllegalArgumentException("a covariance of " + d + " dimensions has " + d * (d + 1L) / 2
                        + " values in its lower triangle, not " + covariance.size());
            }
            // Refuses here what would fail in every pass.
            Cholesky.ofLowerTriangle(covariance.toArray(), d);
        }
    }

    public GaussianMixture {
        components = List.copyOf(components);
        if (components.size() < 2) {
            throw new IllegalArgumentException("k must be at least 2, not " + components.size());
        }
        double sum = 0;
        for (Component component : components) {
            if (component.mean().size() != components.getFirst().mean().size()) {
                throw new IllegalArgumentException(
                        "components of " + components.getFirst().mean().size() + " and of "
                                + component.mean().size() + " dimensions do not mix");
            }
            sum += component.weight();
        }
        if (Math.abs(sum - 1) > 1e-6) {
            throw new IllegalArgumentException("weights must sum to 1, not " + sum);
        }
    }

    /// The Bayesian information criterion `p ln n − 2 ln L` (Schwarz 1978): of two mixtures on the same images
    /// the one with less explains them better for its size.
    ///
    /// @param d dimensions
    /// @param images n, at least one
    /// @param logLikelihood ln L of all of them, in nats
    public static double bic(int k, int d, long images, double logLikelihood) {
        double parameters = k - 1 + k * (d + d * (d + 1) / 2.0);
        return parameters * Math.log((double) images) - 2 * logLikelihood;
    }

    @Override
    public int k() {
        return components.size();
    }

    @Override
    public int codeSize() {
        return components.getFirst().mean().size();
    }

    @Override
    public Objective objective() {
        return Objective.LOG_LIKELIHOOD;
    }

    @Override
    public Optional<float[]> centre(int cluster) {
        double[] mean = components.get(cluster).mean().toArray();
        float[] code = new float[mean.length];
        for (int i = 0; i < code.length; i++) {
            code[i] = (float) mean[i];
        }
        return Optional.of(code);
    }

    @Override
    public Map<String, Double> figures(long images, double objectiveSum) {
        return Map.of("logLikelihood", objectiveSum / images, "bic", bic(k(), codeSize(), images, objectiveSum));
    }

    @Override
    public Pass pass() {
        return new ResponsibilityPass(this);
    }

    /// Log-densities by the inverse Cholesky factor: `|L⁻¹(x − μ)|²` is the Mahalanobis distance.
    private static final class ResponsibilityPass implements Pass {
        private final TriangleSet components;
        private final double[] constants;
        private final double[] logDensities;
        private final float[] distances;
        private double logLikelihood;

        ResponsibilityPass(GaussianMixture model) {
            int d = model.codeSize();
            int k = model.k();
            int size = d * (d + 1) / 2;
            float[] means = new float[k * d];
            float[] inverseFactors = new float[k * size];
            constants = new double[k];
            logDensities = new double[k];
            for (int c = 0; c < k; c++) {
                Component component = model.components.get(c);
                Cholesky factor =
                        Cholesky.ofLowerTriangle(component.covariance().toArray(), d);
                for (int i = 0; i < d; i++) {
                    means[c * d + i] = (float) component.mean().get(i);
                }
                double[] inverse = factor.inverseTriangle();
                for (int i = 0; i < size; i++) {
                    inverseFactors[c * size + i] = (float) inverse[i];
                }
                constants[c] =
                        Math.log(component.weight()) - 0.5 * (d * Math.log(2 * Math.PI) + factor.logDeterminant());
            }
            components = new TriangleSet(k, d, means, inverseFactors);
            distances = new float[components.length()];
        }

        @Override
        public Assignment assign(float[] code) {
            int best = likeliest(code, 0);
            double second = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < logDensities.length; c++) {
                if (c != best) {
                    second = Math.max(second, logDensities[c]);
                }
            }
            double posterior = Math.exp(logDensities[best] - logLikelihood);
            return new Assignment(best, posterior, posterior - Math.exp(second - logLikelihood));
        }

        /// Without posteriors, which nobody asks for here.
        @Override
        public void assign(float[] codes, int codeSize, int n, int[] clusters, float[] objectives) {
            for (int i = 0; i < n; i++) {
                clusters[i] = likeliest(codes, i * codeSize);
                objectives[i] = (float) logLikelihood;
            }
        }

        private int likeliest(float[] codes, int offset) {
            components.squaredNorms(codes, offset, distances);
            int best = 0;
            for (int c = 0; c < logDensities.length; c++) {
                logDensities[c] = constants[c] - 0.5 * distances[c];
                if (logDensities[c] > logDensities[best]) {
                    best = c;
                }
            }
            logLikelihood = Kernels.logSumExp(logDensities, logDensities.length);
            return best;
        }

        @Override
        public double objective() {
            return logLikelihood;
        }
    }
}
