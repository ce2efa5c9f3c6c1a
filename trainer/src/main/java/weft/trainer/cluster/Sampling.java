package weft.trainer.cluster;

import java.util.SplittableRandom;

/// Random draws that repeat from a seed.
final class Sampling {
    private Sampling() {}

    /// A random source for one event of a training.
    ///
    /// It depends on the seed and on how many images had been seen, so that a training that is resumed draws
    /// what an undisturbed one would have drawn, and no state has to be kept.
    static SplittableRandom random(long seed, long imagesSeen) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + imagesSeen);
    }

    /// An index drawn with a probability proportional to its weight; any index where all weights are zero.
    static int proportional(float[] weights, int n, SplittableRandom random) {
        double total = 0;
        for (int i = 0; i < n; i++) {
            total += weights[i];
        }
        if (!(total > 0)) {
            return random.nextInt(n);
        }
        double rest = random.nextDouble() * total;
        int last = 0;
        for (int i = 0; i < n; i++) {
            if (weights[i] > 0) {
                last = i;
                rest -= weights[i];
                if (rest < 0) {
                    return i;
                }
            }
        }
        return last;
    }
}
