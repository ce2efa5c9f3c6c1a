package weft.core.model;

import java.util.Arrays;

/// Quantiles of values that belong to clusters.
final class Quantiles {
    private Quantiles() {}

    /// The values of each cluster, sorted.
    ///
    /// @param clusters of the first `n` values, 0 to k - 1
    static float[][] sorted(int k, int[] clusters, float[] values, int n) {
        int[] sizes = new int[k];
        for (int i = 0; i < n; i++) {
            sizes[clusters[i]]++;
        }
        float[][] members = new float[k][];
        for (int c = 0; c < k; c++) {
            members[c] = new float[sizes[c]];
        }
        for (int i = 0; i < n; i++) {
            members[clusters[i]][--sizes[clusters[i]]] = values[i];
        }
        for (float[] of : members) {
            Arrays.sort(of);
        }
        return members;
    }

    /// The first `n` values, sorted.
    static float[] sorted(float[] values, int n) {
        float[] sorted = Arrays.copyOf(values, n);
        Arrays.sort(sorted);
        return sorted;
    }

    /// What a share of sorted values does not exceed, 0 to 1; of at least one.
    static float at(float[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
