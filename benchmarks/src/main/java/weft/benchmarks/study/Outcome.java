package weft.benchmarks.study;

import weft.core.model.PipelineName;
import weft.evaluation.Report.SplitFigures;

/// What one pipeline came to in one training.
///
/// @param epochs passes over the data that it had had
/// @param prequential train images of the first pass, each judged by the newest snapshot from before it
/// @param secondHalf the same, of the last half of the first pass alone
/// @param worstKept smallest share of the probe that kept its cluster between two snapshots
/// @param medianKept the median share
/// @param validationLoss mean binary cross-entropy of a pixel on the whole test split, NaN without a decoder
/// @param seconds of CPU time that the training thread took so far, evaluation left out, on whatever machine it was
record Outcome(
        PipelineName pipeline,
        long seed,
        int epochs,
        SplitFigures train,
        SplitFigures test,
        SplitFigures prequential,
        SplitFigures secondHalf,
        double worstKept,
        double medianKept,
        double validationLoss,
        double seconds) {
    double accuracy() {
        return train.accuracy().orElseThrow();
    }

    double testAccuracy() {
        return test.accuracy().orElseThrow();
    }

    double prequentialAccuracy() {
        return prequential.accuracy().orElseThrow();
    }

    double secondHalfAccuracy() {
        return secondHalf.accuracy().orElseThrow();
    }

    double homogeneity() {
        return train.homogeneity().orElseThrow();
    }

    double nmi() {
        return train.nmi().orElseThrow();
    }

    double inertia() {
        return train.inertia().orElseThrow();
    }

    double logLikelihood() {
        return train.logLikelihood().orElseThrow();
    }
}
