package weft.trainer.learn;

import java.util.Optional;
import java.util.SplittableRandom;
import weft.core.image.Shape;
import weft.core.model.Strangeness;
import weft.kafka.wire.FactsCodec;
import weft.trainer.outlier.StrangenessFit;
import weft.trainer.proto.Checkpoint;

/// What most images of the window look like, fitted anew at some milestones.
final class Familiar {
    /// Training images that one fit serves for at least; while fewer have been seen, as many again.
    private static final long SERVES = 10_000;

    /// The longer a stream goes on without drift, the less a new fit tells: it serves for a tenth of what has been
    /// seen, but not for longer than this.
    private static final long SERVES_AT_MOST = 50_000;

    private static final int BLOCK = 64;

    private final Shape shape;
    private final long seed;
    private Optional<Strangeness> latest = Optional.empty();
    private long fitted;

    Familiar(Shape shape, long seed) {
        this.shape = shape;
        this.seed = seed;
    }

    Optional<Strangeness> latest() {
        return latest;
    }

    /// Says that the window lost its older images: the next milestone fits anew.
    void forget() {
        fitted = 0;
    }

    /// Fits to the newest images, where it is time; says whether it was.
    boolean milestone(RecentImages window, long imagesSeen) {
        long serves = Math.min(fitted, Math.clamp(fitted / 10, SERVES, SERVES_AT_MOST));
        if (imagesSeen < fitted + serves || imagesSeen == fitted) {
            return false;
        }
        int[] indexes = Survey.newest(window, StrangenessFit.MOST);
        int values = shape.values();
        int size = Strangeness.thumbnailSize(shape);
        float[] thumbnails = new float[indexes.length * size];
        float[] images = new float[BLOCK * values];
        for (int start = 0; start < indexes.length; start += BLOCK) {
            int rows = Math.min(BLOCK, indexes.length - start);
            for (int i = 0; i < rows; i++) {
                window.toFloats(indexes[start + i], images, i * values);
            }
            Strangeness.thumbnails(shape, images, rows, thumbnails, start * size);
        }
        latest = StrangenessFit.of(
                shape, thumbnails, indexes.length, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + imagesSeen));
        window.forgetStrangeness();
        fitted = imagesSeen;
        return true;
    }

    void save(Checkpoint.Builder message) {
        latest.ifPresent(strangeness -> message.setStrangeness(FactsCodec.message(strangeness)));
        message.setStrangenessAt(fitted);
    }

    void restore(Checkpoint saved) {
        latest = saved.hasStrangeness()
                ? Optional.of(FactsCodec.strangeness(saved.getStrangeness(), shape))
                : Optional.empty();
        fitted = saved.getStrangenessAt();
    }
}
