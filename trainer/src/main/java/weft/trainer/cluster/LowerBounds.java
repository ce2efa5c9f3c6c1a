package weft.trainer.cluster;

import java.util.Arrays;

/// Tells of which codes the cluster cannot have changed since their distances were taken, though the centroids have
/// moved: by the triangle inequality a distance changes by no more than its centroid has moved (Elkan 2003). What it
/// cannot tell for sure has to be looked at again, so that the clusters come out as they would without it.
final class LowerBounds {
    /// More than what distances lose by rounding, by their own size.
    private static final float DOUBT = 1e-3f;

    private static final int NEVER = -1;

    private final int k;
    private final float[] bounds;
    private final int[] takenAt;

    /// How far each centroid had moved in all by a round.
    private final float[][] movedBy;

    private int round;

    /// @param rounds the most calls of [#moved]
    LowerBounds(int rows, int k, int rounds) {
        this.k = k;
        bounds = new float[rows * k];
        takenAt = new int[rows];
        Arrays.fill(takenAt, NEVER);
        movedBy = new float[rounds + 1][k];
    }

    /// Notes what the squared distances of a code to all centroids as they are now are at least.
    ///
    /// @param squared k values from `from` on
    void taken(int row, float[] squared, int from) {
        takenAt[row] = round;
        for (int c = 0; c < k; c++) {
            bounds[row * k + c] = (float) Math.sqrt(Math.max(0, squared[from + c]));
        }
    }

    /// Notes how far each centroid has moved.
    void moved(float[] distances) {
        float[] before = movedBy[round];
        round++;
        for (int c = 0; c < k; c++) {
            movedBy[round][c] = before[c] + distances[c];
        }
    }

    /// Whether the distances of a code were ever taken.
    boolean known(int row) {
        return takenAt[row] != NEVER;
    }

    /// Whether no other centroid can be as near to a known code as that of its cluster.
    ///
    /// @param distance squared, to the centroid of its cluster as it is now
    boolean certain(int row, int cluster, float distance) {
        float own = (float) Math.sqrt(distance);
        float limit = own + DOUBT * (1 + own);
        float[] now = movedBy[round];
        float[] then = movedBy[takenAt[row]];
        int from = row * k;
        for (int c = 0; c < k; c++) {
            if (c != cluster && bounds[from + c] - (now[c] - then[c]) <= limit) {
                return false;
            }
        }
        return true;
    }
}
