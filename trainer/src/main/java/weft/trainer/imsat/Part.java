package weft.trainer.imsat;

/// A part of the recipe that can be left out, to measure what it gives.
enum Part {
    /// Replicas learn from each other's answers.
    TEACHING,
    /// The head with [NetShape#OVER] times as many clusters.
    FINE,
    /// Views mixed with those of other images.
    MIXING
}
