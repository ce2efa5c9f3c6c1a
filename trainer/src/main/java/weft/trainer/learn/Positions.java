package weft.trainer.learn;

/// Where the last images of some kind stand in the log, oldest first, as a ring of fixed capacity; with each
/// goes one number for every clusterer.
public final class Positions {
    private final int[] partitions;
    private final long[] offsets;
    private final int[][] labels;
    private int start;
    private int size;

    Positions(int capacity, int clusterers) {
        partitions = new int[capacity];
        offsets = new long[capacity];
        labels = new int[clusterers][capacity];
    }

    public int size() {
        return size;
    }

    void add(int partition, long offset) {
        int at = (start + size) % partitions.length;
        partitions[at] = partition;
        offsets[at] = offset;
        if (size == partitions.length) {
            start = (start + 1) % partitions.length;
        } else {
            size++;
        }
    }

    /// Appends all of these to another ring and leaves none here.
    void moveTo(Positions other) {
        for (int i = 0; i < size; i++) {
            other.add(partition(i), offset(i));
        }
        size = 0;
    }

    public int partition(int index) {
        return partitions[slot(index)];
    }

    public long offset(int index) {
        return offsets[slot(index)];
    }

    int label(int clusterer, int index) {
        return labels[clusterer][slot(index)];
    }

    void label(int clusterer, int index, int label) {
        labels[clusterer][slot(index)] = label;
    }

    private int slot(int index) {
        return (start + index) % partitions.length;
    }

    weft.trainer.proto.Positions save() {
        weft.trainer.proto.Positions.Builder message = weft.trainer.proto.Positions.newBuilder();
        for (int i = 0; i < size; i++) {
            message.addPartitions(partition(i)).addOffsets(offset(i));
        }
        return message.build();
    }

    void restore(weft.trainer.proto.Positions message) {
        for (int i = 0; i < message.getPartitionsCount(); i++) {
            add(message.getPartitions(i), message.getOffsets(i));
        }
    }
}
