package weft.core.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// A layer of [Patches] over many images at once, on the Vector API; [PatchGradients] is the way back.
///
/// Images stand in blocks of [#BLOCK]: value `f` of image `i` of a block that starts at `s` is at `s + f * BLOCK +
/// i`, so that lanes are images and every weight is used for a vector of them. Weights are taps x outputs. The order
/// of the sums depends on the machine's vector width alone.
public final class PatchKernels {
    /// Images of a block.
    public static final int BLOCK = 32;

    static final VectorSpecies<Float> SPECIES = Kernels.SPECIES;

    static final int LANES = Kernels.LANES;

    private PatchKernels() {}

    /// `y[o, p] = bias[o] + sum over t of w[t, o] x[position p + tap t]`.
    ///
    /// @param weights taps x outputs, from `weightOffset` on
    /// @param biasOffset where the bias of each output stands in `weights`; negative for none
    public static void forward(
            Patches patches, int blocks, float[] x, float[] weights, int weightOffset, int biasOffset, float[] y) {
        int outputs = patches.outputs();
        int[] taps = patches.taps;
        int[] positions = patches.positions;
        int outputStride = positions.length * BLOCK;
        for (int block = 0; block < blocks; block++) {
            int xBlock = block * patches.inputBlock();
            int yBlock = block * patches.outputBlock();
            for (int p = 0; p < positions.length; p++) {
                for (int o = 0; o < outputs; o += 8) {
                    for (int half = 0; half < BLOCK; half += 2 * LANES) {
                        forward(
                                x,
                                xBlock + positions[p] + half,
                                taps,
                                weights,
                                weightOffset + o,
                                outputs,
                                biasOffset < 0 ? -1 : biasOffset + o,
                                y,
                                yBlock + (o * positions.length + p) * BLOCK + half,
                                outputStride);
                    }
                }
            }
        }
    }

    /// Eight outputs of two vectors of images at one position.
    private static void forward(
            float[] x,
            int xAt,
            int[] taps,
            float[] w,
            int wAt,
            int outputs,
            int biasAt,
            float[] y,
            int yAt,
            int yStep) {
        FloatVector a0 = start(w, biasAt, 0);
        FloatVector a1 = start(w, biasAt, 1);
        FloatVector a2 = start(w, biasAt, 2);
        FloatVector a3 = start(w, biasAt, 3);
        FloatVector a4 = start(w, biasAt, 4);
        FloatVector a5 = start(w, biasAt, 5);
        FloatVector a6 = start(w, biasAt, 6);
        FloatVector a7 = start(w, biasAt, 7);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector b2 = a2;
        FloatVector b3 = a3;
        FloatVector b4 = a4;
        FloatVector b5 = a5;
        FloatVector b6 = a6;
        FloatVector b7 = a7;
        int at = wAt;
        for (int tap : taps) {
            FloatVector u = FloatVector.fromArray(SPECIES, x, xAt + tap);
            FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + tap + LANES);
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
            at += outputs;
        }
        store(a0, b0, y, yAt);
        store(a1, b1, y, yAt + yStep);
        store(a2, b2, y, yAt + 2 * yStep);
        store(a3, b3, y, yAt + 3 * yStep);
        store(a4, b4, y, yAt + 4 * yStep);
        store(a5, b5, y, yAt + 5 * yStep);
        store(a6, b6, y, yAt + 6 * yStep);
        store(a7, b7, y, yAt + 7 * yStep);
    }

    private static FloatVector start(float[] w, int biasAt, int output) {
        return biasAt < 0 ? FloatVector.zero(SPECIES) : FloatVector.broadcast(SPECIES, w[biasAt + output]);
    }

    private static void store(FloatVector a, FloatVector b, float[] y, int at) {
        a.intoArray(y, at);
        b.intoArray(y, at + LANES);
    }
}
