package weft.trainer.cluster;

import weft.core.math.Hungarian;

/// Keeps cluster ids across a re-fit.
final class ClusterIds {
    private ClusterIds() {}

    /// For each new cluster the id of the old one that it shares most images with, one to one (Kuhn 1955).
    ///
    /// @param before cluster of each image under the old ids; -1 where it had none
    /// @param after cluster of the same images under the new numbering
    static int[] match(int[] before, int[] after, int k) {
        double[][] common = new double[k][k];
        for (int i = 0; i < after.length; i++) {
            if (before[i] >= 0) {
                common[after[i]][before[i]]++;
            }
        }
        return Hungarian.maximise(common);
    }

    /// Rows of `values`, each `width` long, moved to the rows that `ids` names.
    static float[] reorder(float[] values, int width, int[] ids) {
        float[] moved = new float[values.length];
        for (int row = 0; row < ids.length; row++) {
            System.arraycopy(values, row * width, moved, ids[row] * width, width);
        }
        return moved;
    }
}
