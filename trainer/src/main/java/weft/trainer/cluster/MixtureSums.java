package weft.trainer.cluster;

import java.util.List;
import weft.core.math.Triangles;
import weft.trainer.proto.MixtureState;

/// Sums over codes, for each component of a mixture, of `r`, `r x` and `r x xᵀ`: what codes teach, and, as a
/// running mean, all that a mixture knows.
///
/// Doubles about a fixed offset near the data's mean, where squares cancel least; squares are lower triangles, row
/// by row.
final class MixtureSums {
    private final int k;
    private final int d;
    private final int triangle;
    private final double[] offset;
    private final double[] weights;
    private final double[] firsts;
    private final double[] seconds;
    private final double[] centred;
    private long images;

    MixtureSums(int k, int d, double[] offset) {
        this.k = k;
        this.d = d;
        triangle = d * (d + 1) / 2;
        this.offset = offset.clone();
        weights = new double[k];
        firsts = new double[k * d];
        seconds = new double[k * triangle];
        centred = new double[d];
    }

    /// Nothing yet, about the same offset.
    MixtureSums empty() {
        return new MixtureSums(k, d, offset);
    }

    int k() {
        return k;
    }

    int dimension() {
        return d;
    }

    double offset(int i) {
        return offset[i];
    }

    double weight(int c) {
        return weights[c];
    }

    double first(int c, int i) {
        return firsts[c * d + i];
    }

    /// @param at index in the lower triangle
    double second(int c, int at) {
        return seconds[c * triangle + at];
    }

    double totalWeight() {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        return total;
    }

    /// Counts a code in; its shares are told by [#add].
    void next(Codes codes, int row) {
        images++;
        for (int i = 0; i < d; i++) {
            centred[i] = codes.values()[codes.offset(row) + i] - offset[i];
        }
    }

    /// Gives component `c` its share of the code of the last [#next].
    void add(int c, double share) {
        weights[c] += share;
        int first = c * d;
        int at = c * triangle;
        for (int i = 0; i < d; i++) {
            double xi = share * centred[i];
            firsts[first + i] += xi;
            Triangles.axpy(xi, centred, seconds, at, i + 1);
            at += i + 1;
        }
    }

    /// Of the codes of both, about one offset.
    MixtureSums plus(MixtureSums other) {
        MixtureSums both = empty();
        blend(both.weights, 1, weights, 1, other.weights);
        blend(both.firsts, 1, firsts, 1, other.firsts);
        blend(both.seconds, 1, seconds, 1, other.seconds);
        both.images = images + other.images;
        return both;
    }

    /// `ŝ ← (1 − η) ŝ + η mean`, with the mean over the codes of `taught`.
    void learn(MixtureSums taught, double eta) {
        double share = eta / taught.images;
        blend(weights, 1 - eta, weights, share, taught.weights);
        blend(firsts, 1 - eta, firsts, share, taught.firsts);
        blend(seconds, 1 - eta, seconds, share, taught.seconds);
    }

    private static void blend(double[] target, double keep, double[] old, double share, double[] news) {
        for (int i = 0; i < target.length; i++) {
            target[i] = keep * old[i] + share * news[i];
        }
    }

    /// Widens every component by a share of these variances.
    void widen(double[] variances, double share) {
        for (int c = 0; c < k; c++) {
            for (int i = 0; i < d; i++) {
                seconds[c * triangle + diagonal(i)] += share * variances[i] * weights[c];
            }
        }
    }

    /// Makes a component what one of a weight, a mean (about the offset) and a covariance would be.
    void put(int c, double weight, double[] mean, double[] covariance) {
        weights[c] = weight;
        int at = 0;
        for (int i = 0; i < d; i++) {
            firsts[c * d + i] = weight * mean[i];
            for (int j = 0; j <= i; j++) {
                seconds[c * triangle + at] = weight * (covariance[at] + mean[i] * mean[j]);
                at++;
            }
        }
    }

    /// Takes another's sums, its component `c` as `ids[c]`.
    void adopt(MixtureSums fit, int[] ids) {
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

    /// Where `(i, i)` stands in a lower triangle.
    static int diagonal(int i) {
        return i * (i + 1) / 2 + i;
    }
}
