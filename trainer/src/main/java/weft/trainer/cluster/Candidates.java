package weft.trainer.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import weft.core.math.DistanceBounds;
import weft.core.math.Kernels;
import weft.core.math.NearestCentroids;
import weft.core.math.Sketches;

/// Candidates for the next centroid of greedy k-means++: codes drawn in proportion to their squared distance from the
/// nearest centroid so far, of which the one that leaves the least inertia is taken.
final class Candidates {
    /// Where sketches leave more of the distances than one in so many to be taken, all are taken for some steps.
    private static final int OFTEN = 4;

    private static final int PLAIN_STEPS = 7;

    private final Codes codes;
    private final int[] rows;
    private final float[] values;
    private final float[] distances;
    private final float[] ofRow;
    private final double[] potentials;
    private final @Nullable Sketches sketches;
    private final @Nullable DistanceBounds bounds;
    private int plainSteps;

    /// @param count of candidates at a time
    /// @param sketches of the codes, where they are worth their trouble
    Candidates(Codes codes, int count, @Nullable Sketches sketches) {
        this.codes = codes;
        this.sketches = sketches;
        bounds = sketches == null ? null : new DistanceBounds(count, codes.dimension(), true);
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
        if (sketches == null || bounds == null || plainSteps > 0) {
            plainSteps--;
            measureAll(nearest);
        } else if (measureNear(sketches, bounds, nearest) > (long) n * count / OFTEN) {
            plainSteps = PLAIN_STEPS;
        }
        int best = 0;
        for (int candidate = 1; candidate < count; candidate++) {
            best = potentials[candidate] < potentials[best] ? candidate : best;
        }
        for (int i = 0; i < n; i++) {
            nearest[i] = distances[i * count + best];
        }
        return rows[best];
    }

    private void measureAll(float[] nearest) {
        int count = rows.length;
        for (int i = 0; i < codes.rows(); i++) {
            Kernels.squaredDistances(values, count, codes.dimension(), codes.values(), codes.offset(i), ofRow);
            for (int candidate = 0; candidate < count; candidate++) {
                ofRow[candidate] = Math.min(nearest[i], ofRow[candidate]);
            }
            note(i);
        }
    }

    /// The same bit for bit; only candidates that may be nearer than the nearest centroid are looked at.
    ///
    /// @return how many distances were taken
    private long measureNear(Sketches sketches, DistanceBounds bounds, float[] nearest) {
        int d = codes.dimension();
        int count = rows.length;
        long looks = 0;
        bounds.use(values);
        for (int from = 0; from < codes.rows(); from += NearestCentroids.BLOCK) {
            int end = Math.min(codes.rows(), from + NearestCentroids.BLOCK);
            bounds.codes(sketches, from, end - from);
            for (int i = from; i < end; i++) {
                bounds.row(i - from);
                Arrays.fill(ofRow, nearest[i]);
                for (int c = bounds.next(0, nearest[i]); c < count; c = bounds.next(c + 1, nearest[i])) {
                    float distance = Kernels.squaredDistance(codes.values(), codes.offset(i), values, c * d, d);
                    ofRow[c] = Math.min(nearest[i], distance);
                    looks++;
                }
                note(i);
            }
        }
        return looks;
    }

    private void note(int row) {
        System.arraycopy(ofRow, 0, distances, row * ofRow.length, ofRow.length);
        for (int candidate = 0; candidate < ofRow.length; candidate++) {
            potentials[candidate] += ofRow[candidate];
        }
    }
}
