package weft.trainer.cluster;

/// Whether the encoder under a clusterer moves while it learns.
public enum Motion {
    /// Codes of an image never change: what was learnt stays true.
    FIXED,
    /// Codes drift: what was learnt goes stale, and the window is encoded again at each milestone.
    MOVING
}
