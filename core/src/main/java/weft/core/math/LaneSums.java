package weft.core.math;

import static weft.core.math.Kernels.LANES;
import static weft.core.math.Kernels.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Sums over the lanes of vectors.
final class LaneSums {
    /// Values that [#sums] needs room for: eight vectors of 4 lanes; larger ones are one in the end.
    static final int BUFFER = 32;

    /// Bring the upper half, quarter, … of the lanes onto the lower one.
    private static final VectorShuffle<Float> BY_8 = shift(8);

    private static final VectorShuffle<Float> BY_4 = shift(4);
    private static final VectorShuffle<Float> BY_2 = shift(2);
    private static final VectorShuffle<Float> BY_1 = shift(1);

    /// Masks of the upper halves, quarters and eighths, and what swaps them with the lower ones.
    private static final VectorMask<Float> UPPER_HALF = upper(LANES / 2);

    private static final VectorMask<Float> UPPER_QUARTERS = upper(LANES / 4);
    private static final VectorMask<Float> UPPER_EIGHTHS = upper(LANES / 8);
    private static final VectorShuffle<Float> HALVES = swap(LANES / 2);
    private static final VectorShuffle<Float> QUARTERS = swap(LANES / 4);
    private static final VectorShuffle<Float> EIGHTHS = swap(LANES / 8);

    private LaneSums() {}

    private static VectorShuffle<Float> shift(int lanes) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + lanes) % LANES);
    }

    private static VectorShuffle<Float> swap(int lanes) {
        return VectorShuffle.fromOp(SPECIES, lane -> lane ^ lanes);
    }

    private static VectorMask<Float> upper(int lanes) {
        long bits = 0;
        for (int lane = 0; lane < LANES; lane++) {
            bits |= (lane & lanes) != 0 ? 1L << lane : 0;
        }
        return VectorMask.fromLong(SPECIES, bits);
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

    /// The sums of eight vectors, each as [#sum] adds it up, with half of the steps of eight sums.
    ///
    /// @param lanes a buffer of [#BUFFER]
    /// @param sums eight
    static void sums(
            FloatVector v0,
            FloatVector v1,
            FloatVector v2,
            FloatVector v3,
            FloatVector v4,
            FloatVector v5,
            FloatVector v6,
            FloatVector v7,
            float[] lanes,
            float[] sums) {
        if (LANES < 8) {
            v0.intoArray(lanes, 0);
            v1.intoArray(lanes, LANES);
            v2.intoArray(lanes, 2 * LANES);
            v3.intoArray(lanes, 3 * LANES);
            v4.intoArray(lanes, 4 * LANES);
            v5.intoArray(lanes, 5 * LANES);
            v6.intoArray(lanes, 6 * LANES);
            v7.intoArray(lanes, 7 * LANES);
            for (int i = 0; i < 8; i++) {
                sums[i] = sumOfFew(lanes, i * LANES);
            }
            return;
        }
        FloatVector lower = quarters(halves(v0, v1), halves(v2, v3));
        FloatVector upper = quarters(halves(v4, v5), halves(v6, v7));
        eighths(lower, upper, lanes, sums);
    }

    /// The first of three steps to eight sums, where vectors have eight lanes or more: of two vectors the halves of
    /// each, added up.
    static FloatVector halves(FloatVector a, FloatVector b) {
        return folded(a, b, UPPER_HALF, HALVES);
    }

    /// The second step: of two such pairs.
    static FloatVector quarters(FloatVector a, FloatVector b) {
        return folded(a, b, UPPER_QUARTERS, QUARTERS);
    }

    /// The last step: the sums of the eight vectors.
    static void eighths(FloatVector lower, FloatVector upper, float[] lanes, float[] sums) {
        FloatVector all = folded(lower, upper, UPPER_EIGHTHS, EIGHTHS);
        if (LANES > 8) {
            all = all.add(all.rearrange(BY_1));
        }
        all.intoArray(lanes, 0);
        for (int i = 0; i < 8; i++) {
            sums[i] = lanes[(i & 1) * (LANES / 2) + (i >> 1 & 1) * (LANES / 4) + (i >> 2) * (LANES / 8)];
        }
    }

    /// The sum of two or four lanes that stand in an array, added up as [#sum] does.
    private static float sumOfFew(float[] lanes, int at) {
        return LANES == 2 ? lanes[at] + lanes[at + 1] : lanes[at] + lanes[at + 2] + (lanes[at + 1] + lanes[at + 3]);
    }

    /// One vector's lanes folded onto its lower ones and the other's onto its upper ones.
    private static FloatVector folded(
            FloatVector a, FloatVector b, VectorMask<Float> upper, VectorShuffle<Float> swap) {
        return a.blend(b, upper).add(b.blend(a, upper).rearrange(swap));
    }
}
