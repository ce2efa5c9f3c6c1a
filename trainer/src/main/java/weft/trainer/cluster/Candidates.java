package weft.trainer.cluster;

import java.util.SplittableRandom;
import weft.core.math.Kernels;

/// Candidates for the next centroid of greedy k-means++: codes drawn in proportion to their squared distance from the
/// nearest centroid so far, of which the one that leaves the least inertia is taken.
final class Candidates {
    private final Codes codes;
    private final int[] rows;
    private final float[] values;
    private final float[] distances;
    private final float[] ofRow;
    private final double[] potentials;

    Candidates(Codes codes, int count) {
        this.codes = codes;
        rows = new int[count];
        values = new float[count * codes.dimension()];
        distances = new float[codes.rows() * count];
        ofRow = new float[count];
        potentials = new double[count];
    }

    /// Draws and chooses; `nearest` is brought up to date with the chosen row.
    int best(float[] nearest, SplittableRandom random) {
        int n = codes.rows();
        int d = codes.dimension();
        int count = rows.length;
        for (int candidate = 0; candidate < count; candidate++) {
            rows[candidate] = Sampling.proportional(nearest, n, random);
            System.arraycopy(codes.values(), codes.offset(rows[candidate]), values, candidate * d, d);
            potentials[candidate] = 0;
        }
        for (int i = 0; i < n; i++) {
            Kernels.squaredDistances(values, count, d, codes.values(), codes.offset(i), ofRow);
            System.arraycopy(ofRow, 0, distances, i * count, count);
            for (int candidate = 0; candidate < count; candidate++) {
                potentials[candidate] += Math.min(nearest[i], ofRow[candidate]);
            }
        }
        int best = 0;
        for (int candidate = 1; candidate < count; candidate++) {
            best = potentials[candidate] < potentials[best] ? candidate : best;
        }
        for (int i = 0; i < n; i++) {
            nearest[i] = Math.min(nearest[i], distances[i * count + best]);
        }
        return rows[best];
    }
}
