package weft.trainer.cluster;

import java.util.List;
import weft.core.model.GaussianMixture;
import weft.trainer.proto.MixtureState;

/// A Gaussian mixture that learns: the sums that it knows, and the parameters that maximise their likelihood.
final class MixtureStatistics {
    private static final double SIGNIFICANT = 1e-8;

    private final int k;
    private final int d;
    private final MixtureParameters parameters;
    private MixtureSums sums;

    MixtureStatistics(int k, int d) {
        this.k = k;
        this.d = d;
        sums = new MixtureSums(k, d, new double[d]);
        parameters = new MixtureParameters(k, d);
    }

    /// Starts from hard clusters, with a twentieth of the data's variance added to each covariance's diagonal.
    void start(Codes codes, int[] clusters, double ridge) {
        sums = new MixtureSums(k, d, codes.means());
        for (int i = 0; i < codes.rows(); i++) {
            sums.next(codes, i);
            sums.add(clusters[i], 1.0 / codes.rows());
        }
        sums.widen(codes.variances(), 0.05);
        maximise(ridge);
    }

    /// Measures rows `from` to `from + n - 1`, at most [MixtureParameters#BLOCK], by the present parameters.
    void expect(Codes codes, int from, int n) {
        parameters.expect(codes, from, n);
    }

    /// Of the last [#expect], its first row being 0.
    double logLikelihood(int row) {
        return parameters.logLikelihood(row);
    }

    /// The component with the largest responsibility in a row of the last [#expect].
    int mostProbable(int row) {
        return parameters.mostProbable(row);
    }

    /// What codes teach, with the responsibilities of the present parameters; nothing is changed by it.
    MixtureSums contribution(Codes codes) {
        MixtureSums taught = sums.empty();
        for (int from = 0; from < codes.rows(); from += MixtureParameters.BLOCK) {
            int n = Math.min(MixtureParameters.BLOCK, codes.rows() - from);
            expect(codes, from, n);
            for (int row = 0; row < n; row++) {
                teach(taught, codes, from + row, row);
            }
        }
        return taught;
    }

    /// Adds what a code teaches.
    ///
    /// @param row of the last [#expect] that measured it
    void teach(MixtureSums taught, Codes codes, int code, int row) {
        taught.next(codes, code);
        for (int c = 0; c < k; c++) {
            if (parameters.responsibility(row, c) > SIGNIFICANT) {
                taught.add(c, parameters.responsibility(row, c));
            }
        }
    }

    /// `ŝ ← (1 − η) ŝ + η mean(r, r x, r x xᵀ)`; the parameters follow with [#maximise].
    void apply(MixtureSums taught, double eta) {
        sums.learn(taught, eta);
    }

    /// Puts the lightest component, where it lost nearly all weight, on the worst-fitting code, as wide as the
    /// average one; says whether it did.
    ///
    /// One at a time, for two that are put on the same code would stay twins.
    boolean reseedLightest(Codes codes) {
        double total = sums.totalWeight();
        int lightest = 0;
        for (int c = 1; c < k; c++) {
            lightest = sums.weight(c) < sums.weight(lightest) ? c : lightest;
        }
        if (sums.weight(lightest) >= Math.min(0.01, 0.1 / k) * total) {
            return false;
        }
        sums.put(lightest, total / k, worst(codes), parameters.meanCovariance());
        return true;
    }

    private double[] worst(Codes codes) {
        int worst = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int from = 0; from < codes.rows(); from += MixtureParameters.BLOCK) {
            int n = Math.min(MixtureParameters.BLOCK, codes.rows() - from);
            expect(codes, from, n);
            for (int row = 0; row < n; row++) {
                if (logLikelihood(row) < least) {
                    least = logLikelihood(row);
                    worst = from + row;
                }
            }
        }
        double[] x = new double[d];
        for (int i = 0; i < d; i++) {
            x[i] = codes.values()[codes.offset(worst) + i] - sums.offset(i);
        }
        return x;
    }

    /// Parameters from the sums, with `ridge` on every diagonal.
    void maximise(double ridge) {
        parameters.maximise(sums, ridge);
    }

    List<GaussianMixture.Component> components() {
        return parameters.components();
    }

    /// Takes another's sums, its component `c` as `ids[c]`.
    void adopt(MixtureStatistics fit, int[] ids) {
        sums.adopt(fit.sums, ids);
    }

    MixtureState.Builder save() {
        return sums.save();
    }

    void restore(MixtureState state) {
        sums.restore(state);
    }
}
