package weft.core.math;

/// Short forms of long vectors, which lie no farther apart than the vectors themselves.
///
/// Eight values in a row become two: `√8` times their mean, and the length of what they are without their mean. Both
/// parts of such a group are orthogonal, and the second ones are as far apart as their lengths differ or farther, so
/// `|s(x) − s(y)|² ≤ |x − y|²`, and `|s(x)| = |x|` (Hwang, Han and Ahn 2012, nearest neighbours by nonlinear
/// embedding). Where neighbours are alike, as pixels are, the bound is close.
public final class Sketches {
    private static final int GROUP = 8;

    final float[] values;
    final float[] squaredNorms;

    /// How much `|x|² + |y|² − 2 x·y` may lose by rounding: what is lost in a chain of additions grows with its length
    /// (Higham 2002, section 3.1).
    ///
    /// @param squaredNorms of both, together
    /// @param terms values of each
    static float rounding(float squaredNorms, int terms) {
        return (1e-5f + terms * 0x1p-24f) * squaredNorms + terms * Float.MIN_NORMAL;
    }

    /// Of the `n` rows of `d` values of `x`.
    public Sketches(float[] x, int n, int d) {
        int size = size(d);
        values = new float[n * size];
        squaredNorms = new float[n];
        for (int i = 0; i < n; i++) {
            of(x, i * d, d, values, i * size);
            squaredNorms[i] = Kernels.dot(values, i * size, values, i * size, size);
        }
    }

    /// Values of the sketch of `d` values.
    static int size(int d) {
        return 2 * Math.ceilDiv(d, GROUP);
    }

    /// Writes the sketch of the `d` values from `from` on to `to` from `at` on.
    static void of(float[] x, int from, int d, float[] to, int at) {
        int groups = Math.ceilDiv(d, GROUP);
        int whole = d / GROUP;
        float scale = 1 / (float) Math.sqrt(GROUP);
        for (int g = 0; g < whole; g++) {
            int i = from + g * GROUP;
            float sum = x[i] + x[i + 1] + (x[i + 2] + x[i + 3]) + (x[i + 4] + x[i + 5] + (x[i + 6] + x[i + 7]));
            float mean = sum / GROUP;
            float d0 = x[i] - mean;
            float d1 = x[i + 1] - mean;
            float d2 = x[i + 2] - mean;
            float d3 = x[i + 3] - mean;
            float d4 = x[i + 4] - mean;
            float d5 = x[i + 5] - mean;
            float d6 = x[i + 6] - mean;
            float d7 = x[i + 7] - mean;
            to[at + g] = sum * scale;
            to[at + groups + g] = d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3) + (d4 * d4 + d5 * d5 + (d6 * d6 + d7 * d7));
        }
        if (whole < groups) {
            rest(x, from + whole * GROUP, from + d, to, at + whole, groups);
        }
        for (int g = at + groups; g < at + 2 * groups; g++) {
            to[g] = (float) Math.sqrt(to[g]);
        }
    }

    private static void rest(float[] x, int from, int end, float[] to, int at, int groups) {
        float sum = 0;
        for (int i = from; i < end; i++) {
            sum += x[i];
        }
        float mean = sum / (end - from);
        float squares = 0;
        for (int i = from; i < end; i++) {
            squares += (x[i] - mean) * (x[i] - mean);
        }
        to[at] = mean * (float) Math.sqrt(end - from);
        to[at + groups] = squares;
    }
}
