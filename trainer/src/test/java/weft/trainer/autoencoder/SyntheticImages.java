package weft.trainer.autoencoder;

import java.util.Random;

/// Small images with something to learn: mixtures of a few fixed patterns.
final class SyntheticImages {
    private static final int PATTERNS = 3;

    private SyntheticImages() {}

    /// The same rows for the same seed, one after the other, each pixel from .02 to .98.
    static float[] rows(int n, int size, long seed) {
        float[] patterns = uniform(new Random(7), PATTERNS * size);
        Random random = new Random(seed);
        float[] rows = new float[n * size];
        for (int row = 0; row < n; row++) {
            float[] shares = uniform(random, PATTERNS);
            float total = shares[0] + shares[1] + shares[2];
            for (int i = 0; i < size; i++) {
                float mixed = 0;
                for (int k = 0; k < PATTERNS; k++) {
                    mixed += shares[k] / total * patterns[k * size + i];
                }
                rows[row * size + i] = .02f + .96f * mixed;
            }
        }
        return rows;
    }

    private static float[] uniform(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }
}
