package weft.core.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Gradients of a layer of [Patches] over many images at once, laid out as [PatchKernels] has them.
///
/// Vectors that stay in registers are stored and added up outside of the inner loops: passed on as arguments they
/// would be boxed where a method is too large to be inlined.
public final class PatchGradients {
    private static final VectorSpecies<Float> SPECIES = PatchKernels.SPECIES;
    private static final int LANES = PatchKernels.LANES;
    private static final int BLOCK = PatchKernels.BLOCK;

    /// With fewer positions, all blocks go together, so that lanes are added up once.
    private static final int MANY_POSITIONS = 16;

    private PatchGradients() {}

    /// Adds the gradient of the weights: `g[t, o] += sum over images and p of x[position p + tap t] dy[o, p]`.
    public static void ofWeights(
            Patches patches, int blocks, float[] x, float[] dy, float[] gradient, int gradientOffset) {
        int together = patches.positions.length < MANY_POSITIONS ? blocks : 1;
        float[] lanes = new float[16 * LANES];
        for (int first = 0; first < blocks; first += together) {
            for (int t = 0; t < patches.taps.length; t += 4) {
                for (int o = 0; o < patches.outputs(); o += 4) {
                    weightGradient(patches, first, Math.min(blocks, first + together), x, dy, t, o, lanes);
                    int at = gradientOffset + t * patches.outputs() + o;
                    for (int tap = 0; tap < Math.min(4, patches.taps.length - t); tap++) {
                        add(lanes, 4 * tap * LANES, gradient, at + tap * patches.outputs());
                    }
                }
            }
        }
    }

    /// Four taps and four outputs; where fewer taps are left, the last one stands in and is not written.
    private static void weightGradient(
            Patches patches, int from, int to, float[] x, float[] dy, int t, int o, float[] lanes) {
        int[] taps = patches.taps;
        int[] positions = patches.positions;
        int t0 = taps[t];
        int t1 = taps[Math.min(t + 1, taps.length - 1)];
        int t2 = taps[Math.min(t + 2, taps.length - 1)];
        int t3 = taps[Math.min(t + 3, taps.length - 1)];
        int step = positions.length * BLOCK;
        FloatVector z = FloatVector.zero(SPECIES);
        FloatVector a0 = z;
        FloatVector a1 = z;
        FloatVector a2 = z;
        FloatVector a3 = z;
        FloatVector b0 = z;
        FloatVector b1 = z;
        FloatVector b2 = z;
        FloatVector b3 = z;
        FloatVector c0 = z;
        FloatVector c1 = z;
        FloatVector c2 = z;
        FloatVector c3 = z;
        FloatVector d0 = z;
        FloatVector d1 = z;
        FloatVector d2 = z;
        FloatVector d3 = z;
        for (int block = from; block < to; block++) {
            int xBlock = block * patches.inputBlock();
            int yAt = block * patches.outputBlock() + o * step;
            for (int position : positions) {
                int xAt = xBlock + position;
                for (int i = 0; i < BLOCK; i += LANES) {
                    FloatVector e0 = FloatVector.fromArray(SPECIES, dy, yAt + i);
                    FloatVector e1 = FloatVector.fromArray(SPECIES, dy, yAt + step + i);
                    FloatVector e2 = FloatVector.fromArray(SPECIES, dy, yAt + 2 * step + i);
                    FloatVector e3 = FloatVector.fromArray(SPECIES, dy, yAt + 3 * step + i);
                    FloatVector u = FloatVector.fromArray(SPECIES, x, xAt + t0 + i);
                    a0 = u.fma(e0, a0);
                    a1 = u.fma(e1, a1);
                    a2 = u.fma(e2, a2);
                    a3 = u.fma(e3, a3);
                    u = FloatVector.fromArray(SPECIES, x, xAt + t1 + i);
                    b0 = u.fma(e0, b0);
                    b1 = u.fma(e1, b1);
                    b2 = u.fma(e2, b2);
                    b3 = u.fma(e3, b3);
                    u = FloatVector.fromArray(SPECIES, x, xAt + t2 + i);
                    c0 = u.fma(e0, c0);
                    c1 = u.fma(e1, c1);
                    c2 = u.fma(e2, c2);
                    c3 = u.fma(e3, c3);
                    u = FloatVector.fromArray(SPECIES, x, xAt + t3 + i);
                    d0 = u.fma(e0, d0);
                    d1 = u.fma(e1, d1);
                    d2 = u.fma(e2, d2);
                    d3 = u.fma(e3, d3);
                }
                yAt += BLOCK;
            }
        }
        a0.intoArray(lanes, 0);
        a1.intoArray(lanes, LANES);
        a2.intoArray(lanes, 2 * LANES);
        a3.intoArray(lanes, 3 * LANES);
        b0.intoArray(lanes, 4 * LANES);
        b1.intoArray(lanes, 5 * LANES);
        b2.intoArray(lanes, 6 * LANES);
        b3.intoArray(lanes, 7 * LANES);
        c0.intoArray(lanes, 8 * LANES);
        c1.intoArray(lanes, 9 * LANES);
        c2.intoArray(lanes, 10 * LANES);
        c3.intoArray(lanes, 11 * LANES);
        d0.intoArray(lanes, 12 * LANES);
        d1.intoArray(lanes, 13 * LANES);
        d2.intoArray(lanes, 14 * LANES);
        d3.intoArray(lanes, 15 * LANES);
    }

    /// Adds up the lanes of four vectors.
    private static void add(float[] lanes, int from, float[] g, int at) {
        for (int i = 0; i < 4; i++) {
            g[at + i] += LaneSums.sum(FloatVector.fromArray(SPECIES, lanes, from + i * LANES));
        }
    }

    /// Adds the gradient of the inputs: `dx[position p + tap t] += sum over o of w[o, t] dy[o, p]`.
    ///
    /// @param transposed weights as outputs x taps; the number of taps is a multiple of 8
    public static void ofInputs(Patches patches, int blocks, float[] dy, float[] transposed, float[] dx) {
        int[] positions = patches.positions;
        int step = positions.length * BLOCK;
        float[] sums = new float[16 * LANES];
        for (int block = 0; block < blocks; block++) {
            int xBlock = block * patches.inputBlock();
            int yBlock = block * patches.outputBlock();
            for (int p = 0; p < positions.length; p++) {
                for (int t = 0; t < patches.taps.length; t += 8) {
                    for (int half = 0; half < BLOCK; half += 2 * LANES) {
                        inputGradient(
                                dy,
                                yBlock + p * BLOCK + half,
                                step,
                                patches.outputs(),
                                transposed,
                                t,
                                patches.taps.length,
                                sums);
                        increase(dx, xBlock + positions[p] + half, patches.taps, t, sums);
                    }
                }
            }
        }
    }

    /// Eight taps of two vectors of images at one position.
    private static void inputGradient(
            float[] dy, int yAt, int step, int outputs, float[] w, int wAt, int taps, float[] sums) {
        FloatVector z = FloatVector.zero(SPECIES);
        FloatVector a0 = z;
        FloatVector a1 = z;
        FloatVector a2 = z;
        FloatVector a3 = z;
        FloatVector a4 = z;
        FloatVector a5 = z;
        FloatVector a6 = z;
        FloatVector a7 = z;
        FloatVector b0 = z;
        FloatVector b1 = z;
        FloatVector b2 = z;
        FloatVector b3 = z;
        FloatVector b4 = z;
        FloatVector b5 = z;
        FloatVector b6 = z;
        FloatVector b7 = z;
        int at = wAt;
        int from = yAt;
        for (int o = 0; o < outputs; o++) {
            FloatVector u = FloatVector.fromArray(SPECIES, dy, from);
            FloatVector v = FloatVector.fromArray(SPECIES, dy, from + LANES);
            FloatVector c = FloatVector.broadcast(SPECIES, w[at]);
            a0 = u.fma(c, a0);
            b0 = v.fma(c, b0);
            c = FloatVector.broadcast(SPECIES, w[at + 1]);
            a1 = u.fma(c, a1);
            b1 = v.fma(c, b1);
            c = FloatVector.broadcast(SPECIES, w[at + 2]);
            a2 = u.fma(c, a2);
            b2 = v.fma(c, b2);
            c = FloatVector.broadcast(SPECIES, w[at + 3]);
            a3 = u.fma(c, a3);
            b3 = v.fma(c, b3);
            c = FloatVector.broadcast(SPECIES, w[at + 4]);
            a4 = u.fma(c, a4);
            b4 = v.fma(c, b4);
            c = FloatVector.broadcast(SPECIES, w[at + 5]);
            a5 = u.fma(c, a5);
            b5 = v.fma(c, b5);
            c = FloatVector.broadcast(SPECIES, w[at + 6]);
            a6 = u.fma(c, a6);
            b6 = v.fma(c, b6);
            c = FloatVector.broadcast(SPECIES, w[at + 7]);
            a7 = u.fma(c, a7);
            b7 = v.fma(c, b7);
            at += taps;
            from += step;
        }
        a0.intoArray(sums, 0);
        b0.intoArray(sums, LANES);
        a1.intoArray(sums, 2 * LANES);
        b1.intoArray(sums, 3 * LANES);
        a2.intoArray(sums, 4 * LANES);
        b2.intoArray(sums, 5 * LANES);
        a3.intoArray(sums, 6 * LANES);
        b3.intoArray(sums, 7 * LANES);
        a4.intoArray(sums, 8 * LANES);
        b4.intoArray(sums, 9 * LANES);
        a5.intoArray(sums, 10 * LANES);
        b5.intoArray(sums, 11 * LANES);
        a6.intoArray(sums, 12 * LANES);
        b6.intoArray(sums, 13 * LANES);
        a7.intoArray(sums, 14 * LANES);
        b7.intoArray(sums, 15 * LANES);
    }

    private static void increase(float[] dx, int xAt, int[] taps, int t, float[] sums) {
        for (int i = 0; i < 8; i++) {
            int at = xAt + taps[t + i];
            FloatVector.fromArray(SPECIES, dx, at)
                    .add(FloatVector.fromArray(SPECIES, sums, 2 * i * LANES))
                    .intoArray(dx, at);
            FloatVector.fromArray(SPECIES, dx, at + LANES)
                    .add(FloatVector.fromArray(SPECIES, sums, (2 * i + 1) * LANES))
                    .intoArray(dx, at + LANES);
        }
    }
}
