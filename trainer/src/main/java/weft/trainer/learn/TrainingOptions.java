package weft.trainer.learn;

import java.util.List;
import weft.core.image.Pixels;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.cluster.Follow;

/// What a user may choose of a training; [#defaults] is what was measured best.
///
/// @param autoencoder its layers start at 784; its seed is the whole training's
/// @param follow how clusterers keep up with an encoder that learns
/// @param normaliseCodes whether k-means on an autoencoder scales codes to length 1
/// @param batch images of a mini-batch
/// @param publishEvery training images between two publications; the first ones come earlier
/// @param publishSeconds after which a slow stream publishes all the same
public record TrainingOptions(
        AutoencoderSettings autoencoder,
        Follow follow,
        boolean normaliseCodes,
        int batch,
        int publishEvery,
        int publishSeconds) {
    public TrainingOptions {
        List<Integer> layers = autoencoder.layers();
        if (layers.getFirst() != Pixels.COUNT) {
            throw new IllegalArgumentException(
                    "layers must start with " + Pixels.COUNT + " and name a code, not " + layers);
        }
        if (follow == Follow.STILL) {
            throw new IllegalArgumentException("follow must be transport, decay or refit, for encoders do move");
        }
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

    /// The measured best for one pass.
    public static TrainingOptions defaults(long seed) {
        return new TrainingOptions(AutoencoderSettings.standard(seed), Follow.TRANSPORT, false, 64, 2_000, 10);
    }

    /// What everything random in the training is drawn from.
    public long seed() {
        return autoencoder.seed();
    }
}
