package weft.trainer.autoencoder;

import java.util.ArrayList;
import java.util.List;

/// All that decides, besides the images, what an autoencoder becomes.
///
/// @param layers sizes of the encoder from the input to the code; the decoder mirrors them
/// @param learningRate what the optimiser multiplies its steps by
/// @param halfLife steps after which the learning rate has halved; 0 where it stays
/// @param noise share of the pixels that are put out at random before an image is encoded, while it must be
///     rebuilt whole (denoising, Vincent et al. 2008); 0 for none
/// @param seed what the first weights and the noise are drawn from
public record AutoencoderSettings(
        List<Integer> layers, Optimiser optimiser, double learningRate, long halfLife, double noise, long seed) {
    /// An endless stream must go on learning, so the rate halves so far and no further.
    private static final double LEAST = 0.01;

    public AutoencoderSettings {
        layers = List.copyOf(layers);
        if (layers.size() < 2) {
            throw new IllegalArgumentException("layers must be at least an input and a code, not " + layers);
        }
        if (layers.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("each layer must be at least 1 wide, not " + layers);
        }
        if (!(learningRate > 0 && learningRate <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("learning rate must be positive and finite, not " + learningRate);
        }
        if (halfLife < 0) {
            throw new IllegalArgumentException("learning rate half-life must be at least 0 steps, not " + halfLife);
        }
        if (!(noise >= 0 && noise < 1)) {
            throw new IllegalArgumentException("noise must be from 0 to below 1, not " + noise);
        }
    }

    /// What is left of the learning rate after so many steps: `2^(−steps / halfLife)`, not under a hundredth.
    double decay(long steps) {
        return halfLife == 0 ? 1 : Math.max(LEAST, Math.pow(2, -(double) steps / halfLife));
    }

    public int inputs() {
        return layers.getFirst();
    }

    public int codeSize() {
        return layers.getLast();
    }

    /// The sizes from the input through the code to the output.
    List<Integer> mirrored() {
        List<Integer> sizes = new ArrayList<>(layers);
        sizes.addAll(layers.reversed().subList(1, layers.size()));
        return List.copyOf(sizes);
    }
}
