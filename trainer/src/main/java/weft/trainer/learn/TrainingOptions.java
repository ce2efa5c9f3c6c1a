package weft.trainer.learn;

import weft.trainer.drift.DriftOptions;

/// What a user may choose of every training, whatever is trained; [#defaults] is what was measured best.
///
/// @param seed of everything random
/// @param batch images of a mini-batch
/// @param publishEvery training images between two milestones; the first ones come earlier
/// @param publishSeconds after which a slow stream publishes all the same
/// @param drift what is done about a stream that changes
public record TrainingOptions(long seed, int batch, int publishEvery, int publishSeconds, DriftOptions drift) {
    public TrainingOptions {
        if (batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException("batch must be 1 to 10000, not " + batch);
        }
        if (publishEvery < batch) {
            throw new IllegalArgumentException(
                    "publish-every must be at least the batch of " + batch + ", not " + publishEvery);
        }
        if (publishSeconds < 1) {
            throw new IllegalArgumentException("publish-seconds must be at least 1, not " + publishSeconds);
        }
    }

    /// Where a drift is told and nothing more.
    public TrainingOptions(long seed, int batch, int publishEvery, int publishSeconds) {
        this(seed, batch, publishEvery, publishSeconds, DriftOptions.DEFAULTS);
    }

    /// The measured best for one pass.
    public static TrainingOptions defaults(long seed) {
        return new TrainingOptions(seed, 64, 2_000, 10);
    }
}
