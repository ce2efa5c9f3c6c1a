package weft.core.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The logistic function, alone and under the mean binary cross-entropy, whose loss and slope come in one pass.
///
/// The exponential is a polynomial of our own (the coefficients of Cephes' `expf`, error below 1e-7): the library's
/// gives other bits while it is interpreted than when it is compiled.
public final class Logistic {
    /// Beyond it a probability counts as 1e-7 or 1 - 1e-7, as in Keras.
    private static final float LARGEST_LOGIT = (float) Math.log((1 - 1e-7) / 1e-7);

    private static final double NEAR_UNDERFLOW = 1e-200;

    private static final VectorSpecies<Float> SPECIES = Kernels.SPECIES;
    private static final int LANES = Kernels.LANES;

    /// Vectors whose factors, each at least a half, are multiplied in floats without underflow.
    private static final int BLOCK = 64 * LANES;

    private static final float LEAST = -87;
    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6933594f;
    private static final float LN2_LOW = -2.1219444e-4f;

    /// Added to a small float it rounds to a whole number, which then stands in the low bits.
    private static final float ROUND = 12_582_912;

    private static final float[] EXP = {1.9875691e-4f, 1.3981999e-3f, 8.333452e-3f, 4.1665796e-2f, .16666666f, .5f};

    private Logistic() {}

    /// Turns the first `n` values into `1 / (1 + e^−value)`.
    public static void apply(float[] values, int n) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        int i = 0;
        for (; i < SPECIES.loopBound(n); i += LANES) {
            FloatVector z = FloatVector.fromArray(SPECIES, values, i);
            FloatVector e = exp(z.abs().neg());
            FloatVector larger = one.div(one.add(e));
            FloatVector p = larger.blend(e.mul(larger), z.lt(0));
            p.blend(0, z.lt(LEAST)).blend(z, z.test(VectorOperators.IS_NAN)).intoArray(values, i);
        }
        for (; i < n; i++) {
            float z = values[i];
            float e = z < LEAST ? 0 : exp(-Math.abs(z));
            float larger = 1 / (1 + e);
            values[i] = Float.isNaN(z) ? z : z < 0 ? e * larger : larger;
        }
    }

    /// Turns sums into slopes: `(p − t) · share` with `p = 1 / (1 + e^−(sum + bias))`.
    ///
    /// A logarithm for each value would cost more than all the rest, so it multiplies first: the loss of a value is
    /// `max(z, 0) − z·t − ln max(p, 1 − p)`, and no factor is under a half.
    ///
    /// @param sums rows x columns; overwritten
    /// @param biases of the columns, from `biasOffset` on
    /// @param targets t, rows x columns, from 0 to 1
    /// @return the loss in nats, summed over all values; not a number where any of them is not finite
    public static double crossEntropy(
            float[] sums, float[] biases, int biasOffset, float[] targets, int rows, int columns, float share) {
        Sum loss = new Sum();
        for (int row = 0; row < rows; row++) {
            int at = row * columns;
            int i = 0;
            for (int bound = SPECIES.loopBound(columns); i < bound; ) {
                int end = Math.min(bound, i + BLOCK);
                block(sums, at, biases, biasOffset, targets, i, end, share, loss);
                i = end;
            }
            for (; i < columns; i++) {
                float t = targets[at + i];
                float z = sums[at + i] + biases[biasOffset + i];
                float e = exp(-Math.abs(z));
                float larger = 1 / (1 + e);
                sums[at + i] = ((z < 0 ? e * larger : larger) - t) * share;
                float clipped = Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, z));
                loss.add(Math.fma(z, 0, Math.max(clipped, 0) - clipped * t), larger);
            }
        }
        return loss.total();
    }

    private static void block(
            float[] sums,
            int at,
            float[] biases,
            int biasOffset,
            float[] targets,
            int from,
            int end,
            float share,
            Sum loss) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector linear = FloatVector.zero(SPECIES);
        FloatVector product = one;
        for (int i = from; i < end; i += LANES) {
            FloatVector t = FloatVector.fromArray(SPECIES, targets, at + i);
            FloatVector z = FloatVector.fromArray(SPECIES, sums, at + i)
                    .add(FloatVector.fromArray(SPECIES, biases, biasOffset + i));
            FloatVector e = exp(z.abs().neg());
            FloatVector larger = one.div(one.add(e));
            FloatVector p = larger.blend(e.mul(larger), z.lt(0));
            p.sub(t).mul(share).intoArray(sums, at + i);
            FloatVector clipped = z.min(LARGEST_LOGIT).max(-LARGEST_LOGIT);
            // What is clipped must not hide that a sum is not finite.
            linear = z.fma(FloatVector.zero(SPECIES), linear.add(clipped.max(0).sub(clipped.mul(t))));
            product = product.mul(larger);
        }
        product.intoArray(loss.lanes, 0);
        loss.add(LaneSums.sum(linear), 1);
        for (float factor : loss.lanes) {
            loss.add(0, factor);
        }
    }

    /// `e^x` for x of 0 or less.
    private static FloatVector exp(FloatVector given) {
        FloatVector x = given.max(LEAST);
        FloatVector rounded = x.mul(LOG2_E).add(ROUND);
        FloatVector n = rounded.sub(ROUND);
        FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
        FloatVector y = FloatVector.broadcast(SPECIES, EXP[0]);
        y = y.fma(r, FloatVector.broadcast(SPECIES, EXP[1]));
        y = y.fma(r, FloatVector.broadcast(SPECIES, EXP[2]));
        y = y.fma(r, FloatVector.broadcast(SPECIES, EXP[3]));
        y = y.fma(r, FloatVector.broadcast(SPECIES, EXP[4]));
        y = y.fma(r, FloatVector.broadcast(SPECIES, EXP[5]));
        y = y.fma(r.mul(r), r).add(1);
        return y.reinterpretAsInts()
                .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats();
    }

    /// The same for one number.
    private static float exp(float given) {
        float x = Math.max(given, LEAST);
        float rounded = x * LOG2_E + ROUND;
        float n = rounded - ROUND;
        float r = Math.fma(n, -LN2_HIGH, x);
        r = Math.fma(n, -LN2_LOW, r);
        float y = EXP[0];
        for (int i = 1; i < EXP.length; i++) {
            y = Math.fma(y, r, EXP[i]);
        }
        y = Math.fma(y, r * r, r) + 1;
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) + (Float.floatToRawIntBits(rounded) << 23));
    }

    /// `Σ linear − ln Π factor`.
    private static final class Sum {
        private final float[] lanes = new float[LANES];
        private double linear;
        private double product = 1;

        void add(float more, float factor) {
            linear += more;
            product *= factor;
            if (product < NEAR_UNDERFLOW) {
                linear -= Math.log(product);
                product = 1;
            }
        }

        double total() {
            return linear - Math.log(product);
        }
    }
}
