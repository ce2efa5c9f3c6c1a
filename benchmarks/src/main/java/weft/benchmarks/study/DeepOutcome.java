package weft.benchmarks.study;

/// What one training of `imsat-10` came to.
///
/// @param consensus the published vote beside k-means on the same codes
record DeepOutcome(Outcome outcome, Consensus.Figures consensus) {
    double testHungarian() {
        return outcome.test().accuracyHungarian().orElseThrow();
    }

    double testNmi() {
        return outcome.test().nmi().orElseThrow();
    }
}
