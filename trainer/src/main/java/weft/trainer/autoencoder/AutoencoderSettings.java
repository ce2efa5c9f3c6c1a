package weft.trainer.autoencoder;

import java.util.ArrayList;
import java.util.List;

/// All that decides, besides the images, what an autoencoder becomes.
///
/// @param layers sizes of the encoder from the input to the code; the decoder mirrors them
/// @param learningRate what the optimiser multiplies its steps by
/// @param seed what the first weights are drawn from
public record AutoencoderSettings(List<Integer> layers, Optimiser optimiser, double learningRate, long seed) {
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
    }

    /// 784-32-784 with Adam at 2e-3, which suits batches of 64.
    public static AutoencoderSettings standard(long seed) {
        return new AutoencoderSettings(List.of(784, 32), Optimiser.ADAM, 2e-3, seed);
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
