package weft.benchmarks.compare;

import java.nio.file.Path;
import java.util.Arrays;
import smile.clustering.CentroidClustering;
import smile.clustering.KMeans;
import smile.math.MathEx;

/// Times Smile's k-means on what [LearningSpeed] times Weft's on. It has no mini-batch: assigning is all they share.
final class SmileSpeed {
    private static final int LEARNT_FROM = 2_048;
    private static final int BLOCK = 1_024;
    private static final int ROUNDS = 10;

    private SmileSpeed() {}

    /// Measures Smile.
    ///
    /// @param arguments the folder of the [SharedSample]
    public static void main(String[] arguments) {
        float[] images = SharedSample.floats(Path.of(arguments[0]).resolve(SharedSample.IMAGES));
        double[][] rows = new double[LEARNT_FROM][SharedSample.VALUES];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < SharedSample.VALUES; j++) {
                rows[i][j] = images[i * SharedSample.VALUES + j];
            }
        }
        MathEx.setSeed(1);
        for (int k : new int[] {10, 256}) {
            CentroidClustering<double[], double[]> model = KMeans.lloyd(rows, k, ROUNDS);
            double[][] block = Arrays.copyOf(rows, BLOCK);
            int[] clusters = new int[BLOCK];
            LearningSpeed.measure("Smile", "k-means assign, K=" + k + ", 1024 images", BLOCK, 1, () -> {
                for (int i = 0; i < BLOCK; i++) {
                    clusters[i] = model.predict(block[i]);
                }
            });
            LearningSpeed.measure(
                    "Smile", "k-means assign, K=" + k + ", one image", 1, 100, () -> model.predict(block[0]));
        }
    }
}
