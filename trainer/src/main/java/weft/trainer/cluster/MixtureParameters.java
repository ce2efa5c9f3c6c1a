package weft.trainer.cluster;

import java.util.ArrayList;
import java.util.List;
import weft.core.math.Cholesky;
import weft.core.math.Kernels;
import weft.core.math.Triangles;
import weft.core.math.Vector;
import weft.core.model.GaussianMixture;

/// The parameters of a Gaussian mixture, and how probable they make a code.
final class MixtureParameters {
    /// Rows of an [#expect].
    static final int BLOCK = 64;

    private static final int LANES = Triangles.LANES;
    private static final int JITTER_TRIES = 12;

    private final int k;
    private final int d;
    private final double[] shares;
    private final double[][] means;
    private final double[][] covariances;
    private final double[][] inverseFactors;
    private final double[] constants;
    private final double[][] responsibilities;
    private final double[] logLikelihoods;
    private final double[] distances = new double[BLOCK];

    /// Codes in groups of [Triangles#LANES], a lane each.
    private final double[] together;

    private final double[] centred;

    MixtureParameters(int k, int d) {
        this.k = k;
        this.d = d;
        shares = new double[k];
        means = new double[k][d];
        covariances = new double[k][d * (d + 1) / 2];
        inverseFactors = new double[k][];
        constants = new double[k];
        responsibilities = new double[BLOCK][k];
        logLikelihoods = new double[BLOCK];
        together = new double[BLOCK * d];
        centred = new double[LANES * d];
    }

    /// The E-step for rows `from` to `from + n - 1`, at most [#BLOCK]: what it tells of them is kept for the next call.
    ///
    /// One component after the other, as all of them are larger than the cache.
    void expect(Codes codes, int from, int n) {
        for (int start = 0; start < n; start += LANES) {
            int rows = Math.min(LANES, n - start);
            for (int row = 0; row < rows; row++) {
                int at = codes.offset(from + start + row);
                for (int i = 0; i < d; i++) {
                    together[start * d + i * LANES + row] = codes.values()[at + i];
                }
            }
        }
        for (int c = 0; c < k; c++) {
            double[] mean = means[c];
            for (int start = 0; start < n; start += LANES) {
                for (int i = 0; i < d; i++) {
                    for (int row = 0; row < LANES; row++) {
                        centred[i * LANES + row] = together[start * d + i * LANES + row] - mean[i];
                    }
                }
                Triangles.squaredNorms(inverseFactors[c], centred, d, distances, start);
            }
            for (int row = 0; row < n; row++) {
                responsibilities[row][c] = constants[c] - 0.5 * distances[row];
            }
        }
        for (int row = 0; row < n; row++) {
            logLikelihoods[row] = Kernels.softmax(responsibilities[row], k);
        }
    }

    /// Of the last [#expect], its first row being 0.
    double logLikelihood(int row) {
        return logLikelihoods[row];
    }

    /// The share of component `c` in a row of the last [#expect].
    double responsibility(int row, int c) {
        return responsibilities[row][c];
    }

    /// The component with the largest responsibility in a row of the last [#expect].
    int mostProbable(int row) {
        double[] of = responsibilities[row];
        int best = 0;
        for (int c = 1; c < k; c++) {
            best = of[c] > of[best] ? c : best;
        }
        return best;
    }

    /// The mean over all components of their covariances, as a lower triangle.
    double[] meanCovariance() {
        double[] mean = new double[covariances[0].length];
        for (int at = 0; at < mean.length; at++) {
            for (int c = 0; c < k; c++) {
                mean[at] += shares[c] * covariances[c][at];
            }
        }
        return mean;
    }

    /// The M-step: what maximises the likelihood given the sums, with `ridge` on every diagonal.
    void maximise(MixtureSums sums, double ridge) {
        double total = sums.totalWeight();
        for (int c = 0; c < k; c++) {
            double weight = Math.max(sums.weight(c), Double.MIN_NORMAL);
            shares[c] = Math.max(sums.weight(c) / total, 1e-12);
            double[] mean = means[c];
            double[] covariance = covariances[c];
            int at = 0;
            for (int i = 0; i < d; i++) {
                mean[i] = sums.first(c, i) / weight;
                for (int j = 0; j <= i; j++) {
                    covariance[at] = sums.second(c, at) / weight - mean[i] * mean[j];
                    at++;
                }
                int diagonal = MixtureSums.diagonal(i);
                covariance[diagonal] = Math.max(covariance[diagonal], 0) + Math.max(ridge, 1e-9);
            }
            factor(c);
            for (int i = 0; i < d; i++) {
                mean[i] += sums.offset(i);
            }
        }
        normaliseShares();
    }

    private void normaliseShares() {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        for (int c = 0; c < k; c++) {
            shares[c] /= sum;
            constants[c] += Math.log(shares[c]);
        }
    }

    /// Factors a covariance; one that is not positive definite is given a growing diagonal until it is.
    private void factor(int c) {
        double[] covariance = covariances[c];
        double trace = 0;
        for (int i = 0; i < d; i++) {
            trace += covariance[MixtureSums.diagonal(i)];
        }
        double jitter = 1e-9 * trace / d;
        IllegalArgumentException last = new IllegalArgumentException("component " + c + " has no covariance");
        for (int attempt = 0; attempt < JITTER_TRIES; attempt++) {
            try {
                Cholesky cholesky = Cholesky.ofLowerTriangle(covariance, d);
                inverseFactors[c] = cholesky.inverseTriangle();
                constants[c] = -0.5 * (d * Math.log(2 * Math.PI) + cholesky.logDeterminant());
                return;
            } catch (IllegalArgumentException notDefinite) {
                last = notDefinite;
                for (int i = 0; i < d; i++) {
                    covariance[MixtureSums.diagonal(i)] += jitter;
                }
                jitter *= 10;
            }
        }
        throw last;
    }

    List<GaussianMixture.Component> components() {
        List<GaussianMixture.Component> components = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            components.add(new GaussianMixture.Component(shares[c], Vector.of(means[c]), Vector.of(covariances[c])));
        }
        return components;
    }
}
