package weft.core.model;

/// Turns a code into its cluster; immutable and shared between threads.
public sealed interface Clusterer permits Centroids, GaussianMixture {
    /// Number of clusters.
    int k();

    /// Length of the codes that it takes.
    int codeSize();

    /// Buffers for one thread.
    Pass pass();

    /// Assigns for one thread without allocating but the answer.
    interface Pass {
        /// The assignment of a code, of which the first [Clusterer#codeSize] values count.
        Assignment assign(float[] code);

        /// What the clusterer optimises, for the code of the last [#assign]: the squared distance to the
        /// centroid (summed up: inertia), or the log-likelihood.
        double objective();
    }
}
