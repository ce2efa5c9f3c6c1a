package weft.trainer.cluster;

import java.util.ArrayList;
import java.util.List;
import weft.core.math.Cholesky;
import weft.core.math.Kernels;
import weft.core.math.Vector;
import weft.core.model.GaussianMixture;
import weft.trainer.proto.MixtureState;

/// Sufficient statistics of a Gaussian mixture, and the parameters that maximise them.
///
/// Sums are doubles about a fixed offset near the data's mean, where squares cancel least. Covariances are
/// lower triangles, row by row.
final class MixtureStatistics {
    private static final int JITTER_TRIES = 12;
    private static final double SIGNIFICANT = 1e-8;

    private final int k;
    private final int d;
    private final int triangle;
    private final double[] offset;
    private final double[] weights;
    private final double[] firsts;
    private final double[] seconds;

    private final double[] shares;
    private final double[][] means;
    private final double[][] covariances;
    private final double[][] inverseFactors;
    private final double[] constants;

    private final double[] responsibilities;
    private final double[] centred;

    MixtureStatistics(int k, int d) {
        this.k = k;
        this.d = d;
        triangle = d * (d + 1) / 2;
        offset = new double[d];
        weights = new double[k];
        firsts = new double[k * d];
        seconds = new double[k * triangle];
        shares = new double[k];
        means = new double[k][d];
        covariances = new double[k][triangle];
        inverseFactors = new double[k][triangle];
        constants = new double[k];
        responsibilities = new double[k];
        centred = new double[d];
    }

    /// Starts from hard labels, with a twentieth of the data's variance added to each covariance's diagonal.
    void start(Codes codes, int[] labels, double ridge) {
        System.arraycopy(codes.means(), 0, offset, 0, d);
        double[] variances = codes.variances();
        for (int i = 0; i < codes.rows(); i++) {
            centre(codes, i);
            accumulate(labels[i], 1.0 / codes.rows());
        }
        for (int c = 0; c < k; c++) {
            for (int i = 0; i < d; i++) {
                seconds[c * triangle + diagonal(i)] += 0.05 * variances[i] * weights[c];
            }
        }
        maximise(ridge);
    }

    /// The E-step for one row: its responsibilities are kept for [#mostProbable]; the answer is its
    /// log-likelihood.
    double expect(Codes codes, int row) {
        int from = codes.offset(row);
        float[] x = codes.values();
        for (int c = 0; c < k; c++) {
            double[] mean = means[c];
            double[] factor = inverseFactors[c];
            double distance = 0;
            for (int i = 0; i < d; i++) {
                centred[i] = x[from + i] - mean[i];
            }
            int at = 0;
            for (int i = 0; i < d; i++) {
                double y = 0;
                for (int j = 0; j <= i; j++) {
                    y += factor[at++] * centred[j];
                }
                distance += y * y;
            }
            responsibilities[c] = constants[c] - 0.5 * distance;
        }
        return Kernels.softmax(responsibilities, k);
    }

    /// The component with the largest responsibility in the last [#expect].
    int mostProbable() {
        int best = 0;
        for (int c = 1; c < k; c++) {
            best = responsibilities[c] > responsibilities[best] ? c : best;
        }
        return best;
    }

    /// `ŝ ← (1 − η) ŝ + η mean(r, r x, r x xᵀ)` with the responsibilities of the present parameters.
    void blend(Codes codes, double eta) {
        scale(weights, 1 - eta);
        scale(firsts, 1 - eta);
        scale(seconds, 1 - eta);
        double share = eta / codes.rows();
        for (int i = 0; i < codes.rows(); i++) {
            expect(codes, i);
            centre(codes, i);
            for (int c = 0; c < k; c++) {
                if (responsibilities[c] > SIGNIFICANT) {
                    accumulate(c, share * responsibilities[c]);
                }
            }
        }
    }

    private void centre(Codes codes, int row) {
        for (int i = 0; i < d; i++) {
            centred[i] = codes.values()[codes.offset(row) + i] - offset[i];
        }
    }

    private void accumulate(int c, double amount) {
        weights[c] += amount;
        int first = c * d;
        int at = c * triangle;
        for (int i = 0; i < d; i++) {
            double xi = amount * centred[i];
            firsts[first + i] += xi;
            for (int j = 0; j <= i; j++) {
                seconds[at++] += xi * centred[j];
            }
        }
    }

    /// Puts the lightest component, where it lost nearly all weight, on the worst-fitting code, as wide as the
    /// average one; says whether it did.
    ///
    /// One at a time, for two that are put on the same code would stay twins.
    boolean reseedLightest(Codes codes) {
        double total = 0;
        int lightest = 0;
        for (int c = 0; c < k; c++) {
            total += weights[c];
            lightest = weights[c] < weights[lightest] ? c : lightest;
        }
        if (weights[lightest] >= Math.min(0.01, 0.1 / k) * total) {
            return false;
        }
        reseed(lightest, worst(codes), total / k);
        return true;
    }

    private double[] worst(Codes codes) {
        int worst = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < codes.rows(); i++) {
            double logLikelihood = expect(codes, i);
            if (logLikelihood < least) {
                least = logLikelihood;
                worst = i;
            }
        }
        double[] x = new double[d];
        for (int i = 0; i < d; i++) {
            x[i] = codes.values()[codes.offset(worst) + i] - offset[i];
        }
        return x;
    }

    private void reseed(int c, double[] x, double weight) {
        weights[c] = weight;
        for (int i = 0; i < d; i++) {
            firsts[c * d + i] = weight * x[i];
            for (int j = 0; j <= i; j++) {
                double covariance = 0;
                for (int other = 0; other < k; other++) {
                    covariance += shares[other] * covariances[other][diagonal(i) - i + j];
                }
                seconds[c * triangle + diagonal(i) - i + j] = weight * (covariance + x[i] * x[j]);
            }
        }
    }

    /// The M-step: parameters from the statistics, with `ridge` on every diagonal.
    void maximise(double ridge) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        for (int c = 0; c < k; c++) {
            double weight = Math.max(weights[c], Double.MIN_NORMAL);
            shares[c] = Math.max(weights[c] / total, 1e-12);
            double[] mean = means[c];
            double[] covariance = covariances[c];
            int at = 0;
            for (int i = 0; i < d; i++) {
                mean[i] = firsts[c * d + i] / weight;
                for (int j = 0; j <= i; j++) {
                    covariance[at] = seconds[c * triangle + at] / weight - mean[i] * mean[j];
                    at++;
                }
                covariance[diagonal(i)] = Math.max(covariance[diagonal(i)], 0) + Math.max(ridge, 1e-9);
            }
            factor(c);
            for (int i = 0; i < d; i++) {
                mean[i] += offset[i];
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
            trace += covariance[diagonal(i)];
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
                    covariance[diagonal(i)] += jitter;
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

    /// Takes another's statistics, its component `c` as `ids[c]`.
    void adopt(MixtureStatistics fit, int[] ids) {
        System.arraycopy(fit.offset, 0, offset, 0, d);
        for (int c = 0; c < k; c++) {
            weights[ids[c]] = fit.weights[c];
            System.arraycopy(fit.firsts, c * d, firsts, ids[c] * d, d);
            System.arraycopy(fit.seconds, c * triangle, seconds, ids[c] * triangle, triangle);
        }
    }

    MixtureState.Builder save() {
        MixtureState.Builder state = MixtureState.newBuilder();
        for (double value : offset) {
            state.addOffset(value);
        }
        for (double value : weights) {
            state.addWeights(value);
        }
        for (double value : firsts) {
            state.addFirsts(value);
        }
        for (double value : seconds) {
            state.addSeconds(value);
        }
        return state;
    }

    void restore(MixtureState state) {
        fill(offset, state.getOffsetList());
        fill(weights, state.getWeightsList());
        fill(firsts, state.getFirstsList());
        fill(seconds, state.getSecondsList());
    }

    private static void fill(double[] target, List<Double> values) {
        for (int i = 0; i < target.length; i++) {
            target[i] = values.get(i);
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static int diagonal(int i) {
        return i * (i + 1) / 2 + i;
    }
}
