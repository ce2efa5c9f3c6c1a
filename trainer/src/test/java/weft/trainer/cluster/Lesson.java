package weft.trainer.cluster;

import java.util.Arrays;

/// Drives a learner through a stream of codes as a model's training does: mini-batches, and milestones on a
/// window of all codes so far.
final class Lesson {
    private static final int BATCH = 100;

    private final Codes stream;
    private final int[] stored;
    private ClustererLearner learner;
    private int seen;

    Lesson(ClustererLearner learner, Codes stream) {
        this.learner = learner;
        this.stream = stream;
        stored = new int[stream.rows()];
    }

    /// Goes on until so many codes have been seen.
    Lesson until(int end) {
        while (seen < end) {
            int rows = Math.min(BATCH, end - seen);
            int[] labels = new int[rows];
            learner.learn(Blobs.range(stream, seen, seen + rows), labels);
            System.arraycopy(labels, 0, stored, seen, rows);
            seen += rows;
            if (seen == 500 || seen % 2_000 == 0) {
                milestone();
            }
        }
        return this;
    }

    private void milestone() {
        if (learner.wantsWindow(seen)) {
            int[] labels = Arrays.copyOf(stored, seen);
            learner.follow(Blobs.range(stream, 0, seen), labels, seen);
            System.arraycopy(labels, 0, stored, 0, seen);
        }
    }

    /// Goes on with another learner in the place of the present one.
    void replace(ClustererLearner other) {
        learner = other;
    }

    ClustererLearner learner() {
        return learner;
    }

    /// The stored cluster of every code seen.
    int[] labels() {
        return Arrays.copyOf(stored, seen);
    }
}
