package weft.trainer.imsat;

import com.google.protobuf.ByteString;
import java.util.SplittableRandom;

/// A uniform sample of all images so far (algorithm R: Vitter 1985), as bytes.
///
/// What is random depends on the seed, the images seen and the number of the step alone.
final class Reservoir {
    private final int values;
    private final long seed;
    private final byte[] images;
    private long seen;

    /// @param capacity images; 0 for a reservoir that holds nothing
    Reservoir(int capacity, int values, long seed) {
        this.values = values;
        this.seed = seed;
        images = new byte[capacity * values];
    }

    private int capacity() {
        return images.length / values;
    }

    /// How many it holds.
    int size() {
        return (int) Math.min(seen, capacity());
    }

    long seen() {
        return seen;
    }

    /// Takes the first `n` images into the sample, or not, so that each that ever came has the same chance.
    void add(float[] some, int n) {
        if (images.length == 0) {
            return;
        }
        SplittableRandom random = random(0, seen);
        for (int i = 0; i < n; i++) {
            long place = seen < capacity() ? seen : random.nextLong(seen + 1);
            seen++;
            if (place < capacity()) {
                int to = (int) place * values;
                for (int j = 0; j < values; j++) {
                    images[to + j] = (byte) Math.round(some[i * values + j] * 255);
                }
            }
        }
    }

    /// Fills the images `from` to before `to` of a batch with images of the sample, each drawn by itself.
    void draw(float[] batch, int from, int to, long step) {
        SplittableRandom random = random(1, step);
        for (int i = from; i < to; i++) {
            int one = random.nextInt(size()) * values;
            for (int j = 0; j < values; j++) {
                batch[i * values + j] = (images[one + j] & 0xFF) * (1f / 255f);
            }
        }
    }

    private SplittableRandom random(int purpose, long at) {
        return new SplittableRandom(
                new SplittableRandom(seed * 1_000_003 - 2 - purpose).nextLong() + at * 0x9E3779B97F4A7C15L);
    }

    ByteString save() {
        return ByteString.copyFrom(images, 0, size() * values);
    }

    /// @throws IllegalArgumentException where that is not what such a reservoir holds
    void restore(ByteString saved, long imagesSeen) {
        seen = imagesSeen;
        if (saved.size() != size() * values) {
            throw new IllegalArgumentException("the saved state is not one of such a reservoir");
        }
        saved.copyTo(images, 0);
    }
}
