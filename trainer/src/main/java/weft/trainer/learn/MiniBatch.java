package weft.trainer.learn;

import weft.core.image.ImageValues;

/// The images that came since the last step, until there are enough for the next one.
final class MiniBatch {
    private final int values;
    private final float[] flat;
    private final ImageValues[] images;
    private final int[] partitions;
    private final long[] offsets;
    private int size;

    /// @param values of an image
    MiniBatch(int capacity, int values) {
        this.values = values;
        flat = new float[Math.multiplyExact(capacity, values)];
        images = new ImageValues[capacity];
        partitions = new int[capacity];
        offsets = new long[capacity];
    }

    int size() {
        return size;
    }

    boolean full() {
        return size == images.length;
    }

    void add(int partition, long offset, ImageValues image) {
        image.toFloats(flat, size * values);
        images[size] = image;
        partitions[size] = partition;
        offsets[size] = offset;
        size++;
    }

    /// The images' values, one image after the other.
    float[] values() {
        return flat;
    }

    /// Where its images stand, as many as there are.
    int[] partitions() {
        return partitions;
    }

    /// The offsets of its images, as many as there are.
    long[] offsets() {
        return offsets;
    }

    /// Appends its images to the window and is empty then.
    void moveTo(RecentImages window) {
        for (int i = 0; i < size; i++) {
            window.add(partitions[i], offsets[i], images[i]);
        }
        size = 0;
    }
}
