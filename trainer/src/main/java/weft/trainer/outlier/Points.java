package weft.trainer.outlier;

import java.util.Arrays;
import java.util.SplittableRandom;
import weft.core.math.Kernels;
import weft.core.math.NearestCentroids;

/// Images as points on a few axes, each with the group that it belongs to and whether it counts.
final class Points {
    private static final int START_ROUNDS = 5;

    final float[] values;
    final int n;
    final int d;
    final int[] groups;
    final boolean[] kept;

    Points(float[] values, int n, int d) {
        this.values = values;
        this.n = n;
        this.d = d;
        groups = new int[n];
        kept = new boolean[n];
        Arrays.fill(kept, true);
    }

    /// Leaves out the images that fit worst.
    ///
    /// @param share of them that stays
    /// @param misfit of each
    void trim(double share, float[] misfit) {
        float[] sorted = misfit.clone();
        Arrays.sort(sorted);
        float bound = sorted[(int) (share * (n - 1))];
        for (int i = 0; i < n; i++) {
            kept[i] = misfit[i] <= bound;
        }
    }

    /// Groups by distance, from images drawn at random: greedier starts would draw the strange ones.
    void start(int k, double share, SplittableRandom random) {
        float[] centres = new float[k * d];
        for (int g = 0; g < k; g++) {
            System.arraycopy(values, random.nextInt(n) * d, centres, g * d, d);
        }
        NearestCentroids nearest = new NearestCentroids(k, d);
        float[] distances = new float[n];
        for (int round = 0; round < START_ROUNDS; round++) {
            nearest.use(centres);
            nearest.find(values, n, groups, distances);
            trim(share, distances);
            float[] sums = new float[k * d];
            int[] counts = new int[k];
            for (int i = 0; i < n; i++) {
                if (kept[i]) {
                    counts[groups[i]]++;
                    Kernels.axpy(1, values, i * d, sums, groups[i] * d, d);
                }
            }
            for (int j = 0; j < k * d; j++) {
                centres[j] = counts[j / d] > 0 ? sums[j] / counts[j / d] : centres[j];
            }
        }
    }
}
