package weft.trainer.learn;

import java.util.List;
import weft.core.image.Pixels;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.autoencoder.Optimiser;

/// What a user may choose of a training; [#defaults] is what was measured best.
///
/// @param layers of the autoencoder's encoder, from 784 to the code
/// @param normaliseCodes whether k-means on an autoencoder scales codes to length 1
/// @param batch images of a mini-batch
/// @param publishEvery training images between two publications; the first ones come earlier
/// @param publishSeconds after which a slow stream publishes all the same
public record TrainingOptions(
        long seed,
        List<Integer> layers,
        Optimiser optimiser,
        double learningRate,
        boolean normaliseCodes,
        int batch,
        int publishEvery,
        int publishSeconds) {
    public TrainingOptions {
        layers = List.copyOf(layers);
        if (layers.size() < 2 || layers.getFirst() != Pixels.COUNT) {
            throw new IllegalArgumentException(
                    "layers must start with " + Pixels.COUNT + " and name a code, not " + layers);
        }
        // Refuses widths and rates here, where the user chose them, and not once training starts.
        AutoencoderSettings _ = new AutoencoderSettings(layers, optimiser, learningRate, seed);
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
        return new TrainingOptions(seed, List.of(Pixels.COUNT, 32), Optimiser.ADAM, 2e-3, false, 64, 2_000, 10);
    }
}
