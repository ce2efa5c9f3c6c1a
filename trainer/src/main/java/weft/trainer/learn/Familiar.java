package weft.trainer.learn;

import java.util.Optional;
import java.util.SplittableRandom;
import weft.core.image.Shape;
import weft.core.model.Strangeness;
import weft.kafka.wire.FactsCodec;
import weft.trainer.outlier.StrangenessFit;
import weft.trainer.proto.Checkpoint;

/// What most images of the window look like, fitted anew at some milestones, and when clusters are looked at by it.
final class Familiar {
    /// Training images from one look at the clusters to the next; while fewer have been seen, as many again.
    private static final long LOOK = 10_000;

    /// The longer a stream goes on unchanged, the less a new fit tells: it serves for a tenth of what has been seen,
    /// but not for longer than this.
    private static final long SERVES_AT_MOST = 50_000;

    private static final int BLOCK = 64;

    private final Shape shape;
    private final long seed;
    private Optional<Strangeness> latest = Optional.empty();
    private long fitted;
    private long looked;
    private long changed;

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
        looked = 0;
    }

    /// Says that the stream has changed: fits serve as short as at first.
    void changed(long imagesSeen) {
        changed = imagesSeen;
    }

    /// Says whether it is time to look at the clusters; fits to the newest images before, where it is time for that.
    boolean milestone(RecentImages window, long imagesSeen) {
        if (imagesSeen < looked + Math.min(looked, LOOK) || imagesSeen == looked) {
            return false;
        }
        looked = imagesSeen;
        if (imagesSeen >= fitted + Math.min(fitted, Math.clamp((fitted - changed) / 10, LOOK, SERVES_AT_MOST))) {
            fit(window, imagesSeen);
        }
        return true;
    }

    private void fit(RecentImages window, long imagesSeen) {
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
        Optional<StrangenessFit.Fit> found = StrangenessFit.of(
                shape, thumbnails, indexes.length, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + imagesSeen));
        latest = found.map(StrangenessFit.Fit::strangeness);
        window.forgetStrangeness();
        for (int i = 0; i < indexes.length && found.isPresent(); i++) {
            window.strangeness(indexes[i], (float) found.get().toOthers().get(i));
        }
        fitted = imagesSeen;
    }

    void save(Checkpoint.Builder message) {
        latest.ifPresent(strangeness -> message.setStrangeness(FactsCodec.message(strangeness)));
        message.setStrangenessAt(fitted).setLookedAt(looked).setChangedAt(changed);
    }

    void restore(Checkpoint saved) {
        latest = saved.hasStrangeness()
                ? Optional.of(FactsCodec.strangeness(saved.getStrangeness(), shape))
                : Optional.empty();
        fitted = saved.getStrangenessAt();
        looked = saved.hasLookedAt() ? saved.getLookedAt() : fitted;
        changed = saved.getChangedAt();
    }
}
