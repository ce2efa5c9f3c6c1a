package weft.trainer.cluster;

import java.util.Arrays;
import weft.core.model.Clusterer;

/// Asks a published clusterer about codes.
final class Assign {
    private Assign() {}

    /// The cluster of each row.
    static int[] all(Clusterer clusterer, Codes codes) {
        Clusterer.Pass pass = clusterer.pass();
        int[] labels = new int[codes.rows()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = pass.assign(row(codes, i)).cluster();
        }
        return labels;
    }

    /// The sum of the objective over all rows.
    static double objective(Clusterer clusterer, Codes codes) {
        Clusterer.Pass pass = clusterer.pass();
        double sum = 0;
        for (int i = 0; i < codes.rows(); i++) {
            pass.assign(row(codes, i));
            sum += pass.objective();
        }
        return sum;
    }

    /// The share of the images that have the same cluster twice.
    static double agreement(int[] one, int[] other) {
        int same = 0;
        for (int i = 0; i < one.length; i++) {
            same += one[i] == other[i] ? 1 : 0;
        }
        return (double) same / one.length;
    }

    private static float[] row(Codes codes, int row) {
        return Arrays.copyOfRange(codes.values(), codes.offset(row), codes.offset(row + 1));
    }
}
