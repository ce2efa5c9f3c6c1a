package weft.core.math;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Loops of the hot path on the Vector API; every length is right, also one below a vector's.
///
/// The order of the sums depends on the machine's vector width alone, so results repeat bit for bit on one
/// machine.
public final class Kernels {
    /// At most sixteen lanes, which is as far as [LaneSums] folds.
    static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;

    static final int LANES = SPECIES.length();

    /// As many bytes as a vector of floats has lanes, but no fewer than a vector of bytes can have.
    private static final VectorSpecies<Byte> BYTES = LANES > 8 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

    private Kernels() {}

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
        return LaneSums.sum(sum) + rest;
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
            distances[k] = LaneSums.sum(s0) + t0;
            distances[k1] = LaneSums.sum(s1) + t1;
            distances[k2] = LaneSums.sum(s2) + t2;
            distances[k3] = LaneSums.sum(s3) + t3;
            distances[k4] = LaneSums.sum(s4) + t4;
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
        return LaneSums.sum(s0.add(s1)) + rest;
    }

    /// `y = W x + b` for a matrix of outputs x inputs; `y` starts at `yOffset`.
    ///
    /// Eight rows at a time; the last ones name the last row several times.
    public static void affine(Matrix weights, float[] bias, float[] x, int xOffset, float[] y, int yOffset) {
        float[] w = weights.values();
        int n = weights.columns();
        int last = weights.rows() - 1;
        int bound = SPECIES.loopBound(n);
        float[] lanes = new float[LaneSums.BUFFER];
        float[] sums = new float[8];
        for (int r = 0; r <= last; r += 8) {
            int r0 = r * n;
            int r1 = Math.min(r + 1, last) * n;
            int r2 = Math.min(r + 2, last) * n;
            int r3 = Math.min(r + 3, last) * n;
            int r4 = Math.min(r + 4, last) * n;
            int r5 = Math.min(r + 5, last) * n;
            int r6 = Math.min(r + 6, last) * n;
            int r7 = Math.min(r + 7, last) * n;
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            for (int i = 0; i < bound; i += LANES) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
                s0 = v.fma(FloatVector.fromArray(SPECIES, w, r0 + i), s0);
                s1 = v.fma(FloatVector.fromArray(SPECIES, w, r1 + i), s1);
                s2 = v.fma(FloatVector.fromArray(SPECIES, w, r2 + i), s2);
                s3 = v.fma(FloatVector.fromArray(SPECIES, w, r3 + i), s3);
                s4 = v.fma(FloatVector.fromArray(SPECIES, w, r4 + i), s4);
                s5 = v.fma(FloatVector.fromArray(SPECIES, w, r5 + i), s5);
                s6 = v.fma(FloatVector.fromArray(SPECIES, w, r6 + i), s6);
                s7 = v.fma(FloatVector.fromArray(SPECIES, w, r7 + i), s7);
            }
            LaneSums.sums(s0, s1, s2, s3, s4, s5, s6, s7, lanes, sums);
            for (int row = r; row <= last && row < r + 8; row++) {
                float sum = sums[row - r];
                for (int i = bound; i < n; i++) {
                    sum = Math.fma(x[xOffset + i], w[row * n + i], sum);
                }
                y[yOffset + row] = sum + bias[row];
            }
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
        return LaneSums.sum(sum) + rest == 0;
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
        return argmin(values, 0, n);
    }

    /// The same of the `n` values from `from` on, as an index of the array.
    static int argmin(float[] values, int from, int n) {
        int best = from;
        for (int i = from + 1; i < from + n; i++) {
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
