package weft.core.math;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Loops of the hot path on the Vector API; every length is right, also one below a vector's.
///
/// The order of the sums depends on the machine's vector width alone, so results repeat bit for bit on one
/// machine.
public final class Kernels {
    /// At most sixteen lanes, which is as far as [#sum] folds.
    static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;

    static final int LANES = SPECIES.length();

    /// As many bytes as a vector of floats has lanes, but no fewer than a vector of bytes can have.
    private static final VectorSpecies<Byte> BYTES = LANES > 8 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

    /// Bring the upper half, quarter, … of the lanes onto the lower one.
    private static final VectorShuffle<Float> BY_8 = shift(8);

    private static final VectorShuffle<Float> BY_4 = shift(4);
    private static final VectorShuffle<Float> BY_2 = shift(2);
    private static final VectorShuffle<Float> BY_1 = shift(1);

    private Kernels() {}

    private static VectorShuffle<Float> shift(int lanes) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + lanes) % LANES);
    }

    /// The sum of all lanes, always in the same order.
    ///
    /// The API's own `reduceLanes` adds in one order while it is interpreted and in another once it is
    /// compiled, so a training that is resumed in a fresh JVM would not repeat an undisturbed one bit for
    /// bit.
    static float sum(FloatVector v) {
        FloatVector folded = v;
        if (LANES > 8) {
            folded = folded.add(folded.rearrange(BY_8));
        }
        if (LANES > 4) {
            folded = folded.add(folded.rearrange(BY_4));
        }
        if (LANES > 2) {
            folded = folded.add(folded.rearrange(BY_2));
        }
        return folded.add(folded.rearrange(BY_1)).lane(0);
    }

    /// The squared Euclidean distance of `n` values of `a` and `b`.
    public static float squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int n) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int bound = SPECIES.loopBound(n);
        int i = 0;
        for (; i < bound; i += LANES) {
            FloatVector d =
                    FloatVector.fromArray(SPECIES, a, aOffset + i).sub(FloatVector.fromArray(SPECIES, b, bOffset + i));
            sum = d.fma(d, sum);
        }
        float rest = 0;
        for (; i < n; i++) {
            float d = a[aOffset + i] - b[bOffset + i];
            rest = Math.fma(d, d, rest);
        }
        return sum(sum) + rest;
    }

    /// Squared distances of the `n = centroids.columns()` values of `x` to every row of `centroids`, into
    /// `distances`.
    ///
    /// Five rows go together, so that each load of `x` is used five times and no addition waits for the one before
    /// it; the last ones may name the last row several times.
    public static void squaredDistances(Matrix centroids, float[] x, int xOffset, float[] distances) {
        squaredDistances(centroids.values(), centroids.rows(), centroids.columns(), x, xOffset, distances);
    }

    /// The same for `rows * n` values of centroids in an array.
    public static void squaredDistances(float[] rows, int count, int n, float[] x, int xOffset, float[] distances) {
        int bound = SPECIES.loopBound(n);
        int last = count - 1;
        for (int k = 0; k < count; k += 5) {
            int k1 = Math.min(k + 1, last);
            int k2 = Math.min(k + 2, last);
            int k3 = Math.min(k + 3, last);
            int k4 = Math.min(k + 4, last);
            int r0 = k * n;
            int r1 = k1 * n;
            int r2 = k2 * n;
            int r3 = k3 * n;
            int r4 = k4 * n;
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            int i = 0;
            for (; i < bound; i += LANES) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
                FloatVector d0 = v.sub(FloatVector.fromArray(SPECIES, rows, r0 + i));
                FloatVector d1 = v.sub(FloatVector.fromArray(SPECIES, rows, r1 + i));
                FloatVector d2 = v.sub(FloatVector.fromArray(SPECIES, rows, r2 + i));
                FloatVector d3 = v.sub(FloatVector.fromArray(SPECIES, rows, r3 + i));
                FloatVector d4 = v.sub(FloatVector.fromArray(SPECIES, rows, r4 + i));
                s0 = d0.fma(d0, s0);
                s1 = d1.fma(d1, s1);
                s2 = d2.fma(d2, s2);
                s3 = d3.fma(d3, s3);
                s4 = d4.fma(d4, s4);
            }
            float t0 = 0;
            float t1 = 0;
            float t2 = 0;
            float t3 = 0;
            float t4 = 0;
            for (; i < n; i++) {
                float v = x[xOffset + i];
                float d0 = v - rows[r0 + i];
                float d1 = v - rows[r1 + i];
                float d2 = v - rows[r2 + i];
                float d3 = v - rows[r3 + i];
                float d4 = v - rows[r4 + i];
                t0 = Math.fma(d0, d0, t0);
                t1 = Math.fma(d1, d1, t1);
                t2 = Math.fma(d2, d2, t2);
                t3 = Math.fma(d3, d3, t3);
                t4 = Math.fma(d4, d4, t4);
            }
            distances[k] = sum(s0) + t0;
            distances[k1] = sum(s1) + t1;
            distances[k2] = sum(s2) + t2;
            distances[k3] = sum(s3) + t3;
            distances[k4] = sum(s4) + t4;
        }
    }

    /// The dot product of `n` values.
    public static float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        int i = 0;
        for (; i + 2 * LANES <= n; i += 2 * LANES) {
            s0 = FloatVector.fromArray(SPECIES, a, aOffset + i).fma(FloatVector.fromArray(SPECIES, b, bOffset + i), s0);
            s1 = FloatVector.fromArray(SPECIES, a, aOffset + i + LANES)
                    .fma(FloatVector.fromArray(SPECIES, b, bOffset + i + LANES), s1);
        }
        float rest = 0;
        for (; i < n; i++) {
            rest = Math.fma(a[aOffset + i], b[bOffset + i], rest);
        }
        return sum(s0.add(s1)) + rest;
    }

    /// `y = W x + b` for a matrix of outputs x inputs; `y` starts at `yOffset`.
    public static void affine(Matrix weights, float[] bias, float[] x, int xOffset, float[] y, int yOffset) {
        float[] w = weights.values();
        int n = weights.columns();
        int rows = weights.rows();
        int bound = SPECIES.loopBound(n);
        int r = 0;
        for (; r + 3 < rows; r += 4) {
            int r0 = r * n;
            int r1 = r0 + n;
            int r2 = r1 + n;
            int r3 = r2 + n;
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            int i = 0;
            for (; i < bound; i += LANES) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
                s0 = v.fma(FloatVector.fromArray(SPECIES, w, r0 + i), s0);
                s1 = v.fma(FloatVector.fromArray(SPECIES, w, r1 + i), s1);
                s2 = v.fma(FloatVector.fromArray(SPECIES, w, r2 + i), s2);
                s3 = v.fma(FloatVector.fromArray(SPECIES, w, r3 + i), s3);
            }
            float t0 = sum(s0);
            float t1 = sum(s1);
            float t2 = sum(s2);
            float t3 = sum(s3);
            for (; i < n; i++) {
                float v = x[xOffset + i];
                t0 = Math.fma(v, w[r0 + i], t0);
                t1 = Math.fma(v, w[r1 + i], t1);
                t2 = Math.fma(v, w[r2 + i], t2);
                t3 = Math.fma(v, w[r3 + i], t3);
            }
            y[yOffset + r] = t0 + bias[r];
            y[yOffset + r + 1] = t1 + bias[r + 1];
            y[yOffset + r + 2] = t2 + bias[r + 2];
            y[yOffset + r + 3] = t3 + bias[r + 3];
        }
        for (; r < rows; r++) {
            y[yOffset + r] = dot(x, xOffset, w, r * n, n) + bias[r];
        }
    }

    /// `y += a x` over `n` values.
    public static void axpy(float a, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int bound = SPECIES.loopBound(n);
        int i = 0;
        for (; i < bound; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xOffset + i)
                    .fma(FloatVector.broadcast(SPECIES, a), FloatVector.fromArray(SPECIES, y, yOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = Math.fma(a, x[xOffset + i], y[yOffset + i]);
        }
    }

    /// `target = scale · bytes` of `n` bytes from `from` on, taken as unsigned; `target` is written from `offset` on.
    public static void unsignedBytes(byte[] bytes, int from, int n, float scale, float[] target, int offset) {
        int step = BYTES.length();
        int bound = BYTES.loopBound(n);
        int i = 0;
        for (; i < bound; i += step) {
            ByteVector raw = ByteVector.fromArray(BYTES, bytes, from + i);
            for (int part = 0; part < step / LANES; part++) {
                FloatVector numbers = (FloatVector) raw.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, part)
                        .convertShape(VectorOperators.I2F, SPECIES, 0);
                numbers.mul(scale).intoArray(target, offset + i + part * LANES);
            }
        }
        for (; i < n; i++) {
            target[offset + i] = (bytes[from + i] & 0xFF) * scale;
        }
    }

    /// Whether every value is a finite number.
    public static boolean allFinite(float[] values) {
        // What is not finite makes a NaN of a product with zero, and nothing takes it away again.
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum = zero;
        int bound = SPECIES.loopBound(values.length);
        int i = 0;
        for (; i < bound; i += LANES) {
            sum = FloatVector.fromArray(SPECIES, values, i).fma(zero, sum);
        }
        float rest = 0;
        for (; i < values.length; i++) {
            rest = Math.fma(values[i], 0f, rest);
        }
        return sum(sum) + rest == 0;
    }

    /// `y = x / |x|` over `n` values; a zero vector stays zero.
    public static void normalise(float[] x, int xOffset, float[] y, int yOffset, int n) {
        float norm = (float) Math.sqrt(dot(x, xOffset, x, xOffset, n));
        float scale = norm > 0 ? 1 / norm : 0;
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = x[xOffset + i] * scale;
        }
    }

    /// The index of the smallest of the first `n` values; the lowest index wins a tie.
    public static int argmin(float[] values, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            if (values[i] < values[best]) {
                best = i;
            }
        }
        return best;
    }

    /// Turns the first `n` values into `exp(v) / sum(exp(v))`, safe from overflow, and says their
    /// [#logSumExp].
    public static double softmax(double[] values, int n) {
        double logSum = logSumExp(values, n);
        for (int i = 0; i < n; i++) {
            values[i] = Math.exp(values[i] - logSum);
        }
        return logSum;
    }

    /// `log(sum(exp(v)))` of the first `n` values, safe from overflow.
    public static double logSumExp(double[] values, int n) {
        double max = values[0];
        for (int i = 1; i < n; i++) {
            max = Math.max(max, values[i]);
        }
        if (Double.isInfinite(max)) {
            return max;
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.exp(values[i] - max);
        }
        return max + Math.log(sum);
    }
}
