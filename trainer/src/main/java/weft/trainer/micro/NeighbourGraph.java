package weft.trainer.micro;

import weft.core.math.Gemm;
import weft.core.math.Matrix;

/// A fuzzy graph of nearest neighbours (as in UMAP: McInnes, Healy and Melville 2018), the sum of three scales.
///
/// Of a point's m neighbours the nearest one counts 1, the others `exp(−(distance − nearest) / σ)` with the σ at which
/// all together count log₂ m; two points are joined by `a + b − a b` of what each counts in the other's eyes.
final class NeighbourGraph {
    private static final int[] NEIGHBOURS = {6, 10, 15};
    private static final int HALVINGS = 16;

    private NeighbourGraph() {}

    /// The weights between the rows of `points`, n x d: n x n, symmetric, 0 on the diagonal.
    static float[] weights(float[] points, int n, int d) {
        int most = Math.min(NEIGHBOURS[NEIGHBOURS.length - 1], n - 1);
        int[] nearest = new int[n * most];
        double[] distances = new double[n * most];
        nearest(points, n, d, most, nearest, distances);
        float[] sum = new float[n * n];
        for (int neighbours : NEIGHBOURS) {
            add(n, most, Math.min(neighbours, most), nearest, distances, sum);
        }
        return sum;
    }

    /// The nearest rows of every row, nearest first, and their distances.
    private static void nearest(float[] points, int n, int d, int most, int[] nearest, double[] distances) {
        float[] products = new float[n * n];
        Gemm.dots(points, n, Matrix.of(n, d, points), products);
        for (int i = 0; i < n; i++) {
            int at = i * most;
            int found = 0;
            for (int j = 0; j < n; j++) {
                double squared = (double) products[i * n + i] + products[j * n + j] - 2d * products[i * n + j];
                if (j == i || (found == most && squared >= distances[at + most - 1])) {
                    continue;
                }
                int place = found < most ? found++ : most - 1;
                for (; place > 0 && distances[at + place - 1] > squared; place--) {
                    distances[at + place] = distances[at + place - 1];
                    nearest[at + place] = nearest[at + place - 1];
                }
                distances[at + place] = squared;
                nearest[at + place] = j;
            }
            for (int m = at; m < at + most; m++) {
                distances[m] = Math.sqrt(Math.max(0, distances[m]));
            }
        }
    }

    private static void add(int n, int most, int neighbours, int[] nearest, double[] distances, float[] sum) {
        float[] counts = new float[n * n];
        for (int i = 0; i < n; i++) {
            int at = i * most;
            double width = width(distances, at, neighbours);
            for (int m = at; m < at + neighbours; m++) {
                counts[i * n + nearest[m]] = (float) Math.exp((distances[at] - distances[m]) / width);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int m = i * most; m < i * most + neighbours; m++) {
                int j = nearest[m];
                float a = counts[i * n + j];
                float b = counts[j * n + i];
                // Of two that count for each other, the pair is taken once.
                if (b == 0 || i < j) {
                    float joined = a + b - a * b;
                    sum[i * n + j] += joined;
                    sum[j * n + i] += joined;
                }
            }
        }
    }

    /// The σ of a point, by halving on a logarithmic scale.
    private static double width(double[] distances, int at, int neighbours) {
        double wanted = Math.log(neighbours) / Math.log(2);
        double low = 1e-6;
        double high = 1e3;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = Math.sqrt(low * high);
            double sum = 0;
            for (int m = at; m < at + neighbours; m++) {
                sum += Math.exp((distances[at] - distances[m]) / middle);
            }
            if (sum > wanted) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.sqrt(low * high);
    }
}
