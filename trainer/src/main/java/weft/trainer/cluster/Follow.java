package weft.trainer.cluster;

/// How a clusterer keeps up with its encoder.
public enum Follow {
    /// Codes of an image never change: what was learnt stays true.
    STILL,
    /// Codes drift. At each milestone the window is encoded again, and every centroid becomes the mean of its
    /// members' new codes.
    TRANSPORT,
    /// Codes drift, and what was learnt of old ones is forgotten fast; the window is encoded a second time for
    /// the first fits alone.
    DECAY,
    /// Codes drift. At each milestone the window is encoded again and clustered from scratch, ids matched.
    REFIT
}
