package weft.trainer.learn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weft.core.image.ImageValues;
import weft.trainer.proto.Positions;

/// The last images of some kind, oldest first, as a ring of fixed capacity: where they stand in the log and, as
/// bytes, what they are; with each goes its cluster in every clusterer.
final class RecentImages implements ImageLog.Positions {
    private final int[] partitions;
    private final long[] offsets;
    private final @Nullable ImageValues[] images;
    private final int[][] clusters;
    private int start;
    private int size;

    RecentImages(int capacity, int clusterers) {
        partitions = new int[capacity];
        offsets = new long[capacity];
        images = new ImageValues[capacity];
        clusters = new int[clusterers][capacity];
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
        images[at] = image;
        if (size == partitions.length) {
            start = (start + 1) % partitions.length;
        } else {
            size++;
        }
    }

    /// Lets go of all but the newest.
    void keepNewest(int images) {
        while (size > images) {
            this.images[start] = null;
            start = (start + 1) % partitions.length;
            size--;
        }
    }

    /// Appends all of these to another ring and leaves none here.
    void moveTo(RecentImages other) {
        for (int i = 0; i < size; i++) {
            other.add(partition(i), offset(i), image(i));
        }
        Arrays.fill(images, null);
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

    /// Null where the log no longer held it after a restart.
    @Nullable
    ImageValues image(int index) {
        return images[slot(index)];
    }

    int cluster(int clusterer, int index) {
        return clusters[clusterer][slot(index)];
    }

    void cluster(int clusterer, int index, int cluster) {
        clusters[clusterer][slot(index)] = cluster;
    }

    private int slot(int index) {
        return (start + index) % partitions.length;
    }

    /// Where they stand; the images themselves stay in the log.
    Positions save() {
        Positions.Builder message = Positions.newBuilder();
        for (int i = 0; i < size; i++) {
            message.addPartitions(partition(i)).addOffsets(offset(i));
        }
        return message.build();
    }

    /// Takes saved positions into an empty ring, and reads their images back from the log.
    void restore(Positions message, ImageLog log) {
        for (int i = 0; i < message.getPartitionsCount(); i++) {
            add(message.getPartitions(i), message.getOffsets(i), null);
        }
        log.read(this, (index, image) -> images[slot(index)] = image);
    }
}
