package weft.trainer.learn;

import java.util.ArrayList;
import java.util.List;
import weft.trainer.drift.DriftDetector;
import weft.trainer.drift.DriftDetector.Verdict;

/// Test images on their way to the detector of drift: nothing is learnt from them, but they are part of the stream.
final class JudgedTests {
    private final int most;
    private final int values;
    private final int[] partitions;
    private final long[] offsets;
    private float[] block = {};

    /// @param most images of a block
    /// @param values of an image
    JudgedTests(int most, int values) {
        this.most = most;
        this.values = values;
        partitions = new int[most];
        offsets = new long[most];
    }

    /// @param imagesSeen before them
    List<Verdict> judge(RecentImages tests, DriftDetector detector, long imagesSeen) {
        List<Verdict> verdicts = new ArrayList<>();
        int n = 0;
        for (int i = 0; i < tests.size(); i++) {
            if (tests.holds(i)) {
                if (block.length == 0) {
                    block = new float[most * values];
                }
                tests.toFloats(i, block, n * values);
                partitions[n] = tests.partition(i);
                offsets[n++] = tests.offset(i);
            }
            if (n == most || (i == tests.size() - 1 && n > 0)) {
                verdicts.add(detector.judge(block, n, partitions, offsets, imagesSeen + i + 1 - n));
                n = 0;
            }
        }
        return verdicts;
    }
}
