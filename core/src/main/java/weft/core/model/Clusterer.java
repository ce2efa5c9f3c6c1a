package weft.core.model;

import java.util.Map;
import java.util.Optional;

/// Turns a code into its cluster, and describes itself; immutable and shared between threads.
public interface Clusterer {
    /// Number of clusters.
    int k();

    /// Length of the codes that it takes.
    int codeSize();

    /// What it optimises, and what its scores are.
    Objective objective();

    /// The code in the middle of a cluster; empty where a cluster has none.
    Optional<float[]> centre(int cluster);

    /// What it reached on some images, by name, for a report.
    ///
    /// @param images at least one
    /// @param objectiveSum of [Pass#objective] over them
    Map<String, Double> figures(long images, double objectiveSum);

    /// Buffers for one thread.
    Pass pass();

    /// Assigns for one thread without allocating but the answer.
    interface Pass {
        /// The assignment of a code, of which the first [Clusterer#codeSize] values count.
        Assignment assign(float[] code);

        /// What the clusterer optimises, for the code of the last [#assign]: the squared distance to the
        /// centroid (summed up: inertia), or the log-likelihood.
        double objective();

        /// Assigns `n` codes that lie one after the other.
        ///
        /// @param codeSize length of a code
        /// @param clusters where their clusters go
        /// @param objectives where what is optimised goes, as [#objective]
        default void assign(float[] codes, int codeSize, int n, int[] clusters, float[] objectives) {
            float[] code = new float[codeSize];
            for (int i = 0; i < n; i++) {
                System.arraycopy(codes, i * codeSize, code, 0, codeSize);
                clusters[i] = assign(code).cluster();
                objectives[i] = (float) objective();
            }
        }
    }
}
