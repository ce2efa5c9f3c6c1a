package weft.core.math;

import static weft.core.math.Kernels.LANES;
import static weft.core.math.Kernels.SPECIES;

import jdk.incubator.vector.FloatVector;

/// Squared distances of several codes to all of a few long rows, bit for bit those of [Kernels#squaredDistance].
///
/// Rows that together do not fit into the first cache are the larger part of what it costs, so four codes share each
/// load of them. Not for more than one thread.
final class DistanceTiles {
    /// Codes of a tile.
    static final int CODES = 4;

    private final int count;
    private final int n;
    private final float[] lanes = new float[LaneSums.BUFFER];
    private final float[] sums = new float[2 * CODES];

    /// For `count` rows of `n` values.
    DistanceTiles(int count, int n) {
        this.count = count;
        this.n = n;
    }

    /// Measures [#CODES] codes that begin at `offset`.
    ///
    /// @param distances codes x rows
    void measure(float[] rows, float[] codes, int offset, float[] distances) {
        for (int r = 0; r < count; r += 2) {
            // The last one goes with itself where it has no other.
            int next = Math.min(r + 1, count - 1);
            tile(rows, r * n, next * n, codes, offset);
            for (int i = 0; i < CODES; i++) {
                distances[i * count + r] = sums[2 * i];
                distances[i * count + next] = sums[2 * i + 1];
            }
        }
    }

    private void tile(float[] rows, int r0, int r1, float[] codes, int c0) {
        int c1 = c0 + n;
        int c2 = c1 + n;
        int c3 = c2 + n;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, rows, r0 + i);
            FloatVector b = FloatVector.fromArray(SPECIES, rows, r1 + i);
            FloatVector x0 = FloatVector.fromArray(SPECIES, codes, c0 + i);
            FloatVector d00 = x0.sub(a);
            FloatVector d01 = x0.sub(b);
            s00 = d00.fma(d00, s00);
            s01 = d01.fma(d01, s01);
            FloatVector x1 = FloatVector.fromArray(SPECIES, codes, c1 + i);
            FloatVector d10 = x1.sub(a);
            FloatVector d11 = x1.sub(b);
            s10 = d10.fma(d10, s10);
            s11 = d11.fma(d11, s11);
            FloatVector x2 = FloatVector.fromArray(SPECIES, codes, c2 + i);
            FloatVector d20 = x2.sub(a);
            FloatVector d21 = x2.sub(b);
            s20 = d20.fma(d20, s20);
            s21 = d21.fma(d21, s21);
            FloatVector x3 = FloatVector.fromArray(SPECIES, codes, c3 + i);
            FloatVector d30 = x3.sub(a);
            FloatVector d31 = x3.sub(b);
            s30 = d30.fma(d30, s30);
            s31 = d31.fma(d31, s31);
        }
        if (LANES < 8) {
            LaneSums.sums(s00, s01, s10, s11, s20, s21, s30, s31, lanes, sums);
        } else {
            // Step by step: the compiler may find all of it too large to put here, and then makes objects of the
            // vectors.
            FloatVector lower = LaneSums.quarters(LaneSums.halves(s00, s01), LaneSums.halves(s10, s11));
            FloatVector upper = LaneSums.quarters(LaneSums.halves(s20, s21), LaneSums.halves(s30, s31));
            LaneSums.eighths(lower, upper, lanes, sums);
        }
        for (int i = 0; bound < n && i < CODES; i++) {
            int rest = c0 + i * n + bound;
            sums[2 * i] += Kernels.squaredDistance(codes, rest, rows, r0 + bound, n - bound);
            sums[2 * i + 1] += Kernels.squaredDistance(codes, rest, rows, r1 + bound, n - bound);
        }
    }
}
