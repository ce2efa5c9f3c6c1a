package weft.trainer.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import weft.core.math.Kernels;
import weft.core.math.NearestCentroids;
import weft.core.math.Sketches;

/// Batch k-means on a block of codes: what a stream is started with.
public final class KMeans {
    private final float[] centroids;
    private final int[] counts;
    private final int[] clusters;
    private final float[] nearest;
    private final Codes codes;
    private final int k;
    private final NearestCentroids among;
    private final @Nullable Sketches sketches;
    private int refills;

    private KMeans(Codes codes, @Nullable Sketches sketches, float[] centroids, int k) {
        this.codes = codes;
        this.sketches = sketches;
        this.centroids = centroids;
        this.k = k;
        counts = new int[k];
        clusters = new int[codes.rows()];
        nearest = new float[codes.rows()];
        among = new NearestCentroids(k, codes.dimension());
    }

    /// Greedy k-means++ (Arthur and Vassilvitskii 2007, with 2 + ⌊ln k⌋ candidates a step), then Lloyd rounds.
    public static KMeans fit(Codes codes, int k, int rounds, SplittableRandom random) {
        if (codes.rows() < k) {
            throw new IllegalArgumentException(codes.rows() + " images cannot make " + k + " clusters");
        }
        Sketches sketches = sketches(codes, k);
        return new KMeans(codes, sketches, plusPlus(codes, sketches, k, random), k).refined(rounds);
    }

    /// Lloyd rounds from given centroids, which are copied.
    public static KMeans refine(Codes codes, float[] start, int k, int rounds) {
        return new KMeans(codes, sketches(codes, k), start.clone(), k).refined(rounds);
    }

    private static @Nullable Sketches sketches(Codes codes, int k) {
        int d = codes.dimension();
        return NearestCentroids.costly(k, d) ? new Sketches(codes.values(), codes.rows(), d) : null;
    }

    private KMeans refined(int rounds) {
        assign();
        for (int round = 0; round < rounds && update(); round++) {
            assign();
        }
        return this;
    }

    /// The centroids, k rows; the caller owns them.
    public float[] centroids() {
        return centroids;
    }

    /// Members of each cluster.
    public int[] counts() {
        return counts;
    }

    /// The cluster of each row.
    public int[] clusters() {
        return clusters;
    }

    /// Empty clusters that were put on the row that fits worst.
    public int refills() {
        return refills;
    }

    /// The sum of squared distances.
    public double inertia() {
        double sum = 0;
        for (float distance : nearest) {
            sum += distance;
        }
        return sum;
    }

    private void assign() {
        among.use(centroids);
        among.find(codes.values(), sketches, codes.rows(), clusters, nearest);
        Arrays.fill(counts, 0);
        for (int cluster : clusters) {
            counts[cluster]++;
        }
    }

    /// Moves each centroid to its members' mean, an empty one to the row that fits worst; says whether any
    /// moved.
    private boolean update() {
        int d = codes.dimension();
        float[] sums = new float[centroids.length];
        for (int i = 0; i < codes.rows(); i++) {
            Kernels.axpy(1, codes.values(), codes.offset(i), sums, clusters[i] * d, d);
        }
        boolean moved = false;
        for (int c = 0; c < k; c++) {
            if (counts[c] == 0) {
                int worst = worst();
                System.arraycopy(codes.values(), codes.offset(worst), sums, c * d, d);
                nearest[worst] = 0;
                refills++;
            }
            float scale = 1f / Math.max(1, counts[c]);
            for (int j = c * d; j < (c + 1) * d; j++) {
                float value = sums[j] * scale;
                moved |= value != centroids[j];
                centroids[j] = value;
            }
        }
        return moved;
    }

    private int worst() {
        int worst = 0;
        for (int i = 1; i < nearest.length; i++) {
            if (nearest[i] > nearest[worst]) {
                worst = i;
            }
        }
        return worst;
    }

    private static float[] plusPlus(Codes codes, @Nullable Sketches sketches, int k, SplittableRandom random) {
        int n = codes.rows();
        int d = codes.dimension();
        float[] x = codes.values();
        int candidates = 2 + (int) Math.log(k);
        float[] centroids = new float[k * d];
        System.arraycopy(x, codes.offset(random.nextInt(n)), centroids, 0, d);
        float[] nearest = new float[n];
        for (int i = 0; i < n; i++) {
            nearest[i] = Kernels.squaredDistance(x, codes.offset(i), centroids, 0, d);
        }
        Candidates trial = new Candidates(codes, candidates, sketches);
        for (int c = 1; c < k; c++) {
            int row = trial.best(nearest, random);
            System.arraycopy(x, codes.offset(row), centroids, c * d, d);
        }
        return centroids;
    }
}
