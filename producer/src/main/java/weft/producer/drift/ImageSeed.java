package weft.producer.drift;

import java.util.Random;

/// Random numbers of one image in one epoch: they depend on nothing but that and the replay's seed.
final class ImageSeed {
    private ImageSeed() {}

    /// For its noise.
    static Random noise(long seed, String id, int epoch) {
        return new Random(hash(seed, id, epoch, 1));
    }

    /// From 0 to below 1, for whether it is left out.
    static double chance(long seed, String id, int epoch) {
        return (hash(seed, id, epoch, 2) >>> 11) * 0x1p-53;
    }

    private static long hash(long seed, String id, int epoch, long purpose) {
        long hash = mix(mix(mix(seed) + epoch) + purpose);
        for (int i = 0; i < id.length(); i++) {
            hash = mix(hash + id.charAt(i));
        }
        return hash;
    }

    /// One step of SplitMix64 (Steele, Lea, Flood 2014).
    private static long mix(long state) {
        long mixed = state + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
