package weft.trainer.learn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weft.core.image.ImageSlab;
import weft.core.image.ImageValues;
import weft.core.image.Shape;
import weft.trainer.proto.Positions;

/// The last images of some kind, oldest first, as a ring of fixed capacity: where they stand in the log and, as
/// bytes, what they are; with each goes its cluster in every clusterer.
final class RecentImages implements ImageLog.Positions {
    private final int[] partitions;
    private final long[] offsets;
    private final ImageSlab images;
    private final int[][] clusters;
    private final float[] strangeness;
    private int start;
    private int size;

    /// @param shape of every image
    RecentImages(Shape shape, int capacity, int clusterers) {
        partitions = new int[capacity];
        offsets = new long[capacity];
        images = new ImageSlab(shape, capacity);
        clusters = new int[clusterers][capacity];
        strangeness = new float[capacity];
        forgetStrangeness();
    }

    @Override
    public int size() {
        return size;
    }

    int capacity() {
        return partitions.length;
    }

    /// @param image null where the log no longer holds it
    void add(int partition, long offset, @Nullable ImageValues image) {
        int at = (start + size) % partitions.length;
        partitions[at] = partition;
        offsets[at] = offset;
        strangeness[at] = Float.NaN;
        if (image == null) {
            images.clear(at);
        } else {
            images.put(at, image);
        }
        if (size == partitions.length) {
            start = (start + 1) % partitions.length;
        } else {
            size++;
        }
    }

    /// Lets go of all but the newest.
    void keepNewest(int images) {
        while (size > images) {
            this.images.clear(start);
            start = (start + 1) % partitions.length;
            size--;
        }
    }

    /// Appends all of these to another ring and leaves none here.
    void moveTo(RecentImages other) {
        for (int i = 0; i < size; i++) {
            other.add(partition(i), offset(i), image(i));
            images.clear(slot(i));
        }
        size = 0;
    }

    @Override
    public int partition(int index) {
        return partitions[slot(index)];
    }

    @Override
    public long offset(int index) {
        return offsets[slot(index)];
    }

    /// Whether the image itself is there; not where the log no longer held it after a restart.
    boolean holds(int index) {
        return images.holds(slot(index));
    }

    /// A copy of the image, null where it is not there.
    @Nullable
    ImageValues image(int index) {
        return holds(index) ? images.get(slot(index)) : null;
    }

    /// As [ImageValues#toFloats], of an image that is there.
    void toFloats(int index, float[] target, int offset) {
        images.toFloats(slot(index), target, offset);
    }

    /// Whether two images that are there are equal.
    boolean same(int one, int other) {
        return images.same(slot(one), slot(other));
    }

    int cluster(int clusterer, int index) {
        return clusters[clusterer][slot(index)];
    }

    void cluster(int clusterer, int index, int cluster) {
        clusters[clusterer][slot(index)] = cluster;
    }

    /// How strange an image was found to be, by the others where most of them were fitted to; NaN where nobody has
    /// measured it.
    float strangeness(int index) {
        return strangeness[slot(index)];
    }

    void strangeness(int index, float found) {
        strangeness[slot(index)] = found;
    }

    /// Says that all are to be measured by something else.
    void forgetStrangeness() {
        Arrays.fill(strangeness, Float.NaN);
    }

    private int slot(int index) {
        return (start + index) % partitions.length;
    }

    /// Where they stand and how strange they are; the images themselves stay in the log.
    Positions save() {
        Positions.Builder message = Positions.newBuilder();
        boolean measured = false;
        for (int i = 0; i < size; i++) {
            message.addPartitions(partition(i)).addOffsets(offset(i)).addStrangeness(strangeness(i));
            measured |= !Float.isNaN(strangeness(i));
        }
        return measured ? message.build() : message.clearStrangeness().build();
    }

    /// Takes saved positions into an empty ring, and reads their images back from the log.
    void restore(Positions message, ImageLog log) {
        for (int i = 0; i < message.getPartitionsCount(); i++) {
            add(message.getPartitions(i), message.getOffsets(i), null);
        }
        for (int i = 0; i < message.getStrangenessCount(); i++) {
            strangeness(i, message.getStrangeness(i));
        }
        log.read(this, (index, image) -> images.put(slot(index), image));
    }
}
