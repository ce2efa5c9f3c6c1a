package weft.trainer.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Shape;
import weft.core.image.Split;

/// A log of one partition in memory: blurred pictures of eight kinds, each seventh of the test split, each
/// two-hundredth record no image at all.
final class MemoryLog implements ImageLog {
    private static final int KINDS = 8;

    private final List<Image> images = new ArrayList<>();
    private final Set<Long> gone = new HashSet<>();

    MemoryLog(int records, long seed) {
        this(Plans.GREY, records, seed);
    }

    MemoryLog(Shape.Image shape, int records, long seed) {
        Random random = new Random(7);
        byte[][] kinds = new byte[KINDS][shape.values()];
        for (byte[] kind : kinds) {
            for (int row = 0; row < kind.length; row += shape.width()) {
                Arrays.fill(kind, row, row + shape.width(), (byte) random.nextInt(200));
            }
        }
        random.setSeed(seed);
        for (int i = 0; i < records; i++) {
            byte[] pixels = kinds[random.nextInt(KINDS)].clone();
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = (byte) ((pixels[p] & 0xFF) + random.nextInt(50));
            }
            images.add(new Image(i % 7 == 3 ? Split.TEST : Split.TRAIN, 0, ImageValues.of(shape, pixels)));
        }
    }

    /// Feeds a learner the records from one offset to before another, as the trainer does; gives the
    /// last publication.
    Optional<Publication> feed(ModelLearner learner, int from, int to) {
        Optional<Publication> last = Optional.empty();
        for (int offset = from; offset < to; offset++) {
            Optional<Publication> publication = learner.accept(record(offset));
            last = publication.isPresent() ? publication : last;
        }
        return last;
    }

    ImageRecord record(int offset) {
        return new ImageRecord(
                0,
                offset,
                offset % 200 == 199 ? Optional.empty() : Optional.of(images.get(offset)),
                offset == images.size() - 1);
    }

    int records() {
        return images.size();
    }

    Image image(int offset) {
        return images.get(offset);
    }

    void replace(int offset, Image image) {
        images.set(offset, image);
    }

    /// Forgets records, as retention does.
    void forget(int from, int to) {
        for (long offset = from; offset < to; offset++) {
            gone.add(offset);
        }
    }

    @Override
    public void read(Positions positions, Visitor visitor) {
        for (int i = 0; i < positions.size(); i++) {
            if (!gone.contains(positions.offset(i))) {
                visitor.image(i, images.get((int) positions.offset(i)).values());
            }
        }
    }
}
