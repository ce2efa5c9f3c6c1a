package weft.trainer.drift;

import java.util.Arrays;

/// Cuts a measure into bins of which the reference has equally many each.
final class Bins {
    static final int COUNT = 16;

    private Bins() {}

    /// The edges between the bins of some values.
    static float[] edges(float[] values, int n) {
        float[] sorted = Arrays.copyOf(values, n);
        Arrays.sort(sorted);
        float[] edges = new float[COUNT - 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = sorted[(i + 1) * n / COUNT];
        }
        return edges;
    }

    /// The bin of a value.
    static int of(float[] edges, float value) {
        int bin = 0;
        while (bin < edges.length && value >= edges[bin]) {
            bin++;
        }
        return bin;
    }
}
