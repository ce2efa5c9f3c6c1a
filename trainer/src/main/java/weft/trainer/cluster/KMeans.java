package weft.trainer.cluster;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import weft.core.math.Kernels;
import weft.core.math.NearestCentroids;

/// Batch k-means on a block of codes: what a stream is started with.
public final class KMeans {
    /// As many take 20 MB.
    private static final int MOST_BOUNDS = 5_000_000;

    private final float[] centroids;
    private final int[] counts;
    private final int[] clusters;
    private final float[] nearest;
    private final Codes codes;
    private final int k;
    private final NearestCentroids among;
    private final Optional<LowerBounds> bounds;
    private int refills;

    private KMeans(Codes codes, float[] centroids, int k, int rounds) {
        this.codes = codes;
        this.centroids = centroids;
        this.k = k;
        counts = new int[k];
        clusters = new int[codes.rows()];
        nearest = new float[codes.rows()];
        among = new NearestCentroids(k, codes.dimension());
        bounds = rounds > 1 && NearestCentroids.costly(k, codes.dimension()) && (long) codes.rows() * k <= MOST_BOUNDS
                ? Optional.of(new LowerBounds(codes.rows(), k, rounds))
                : Optional.empty();
    }

    /// Greedy k-means++ (Arthur and Vassilvitskii 2007, with 2 + ⌊ln k⌋ candidates a step), then Lloyd rounds.
    public static KMeans fit(Codes codes, int k, int rounds, SplittableRandom random) {
        if (codes.rows() < k) {
            throw new IllegalArgumentException(codes.rows() + " images cannot make " + k + " clusters");
        }
        return refine(codes, plusPlus(codes, k, random), k, rounds);
    }

    /// Lloyd rounds from given centroids, which are copied.
    public static KMeans refine(Codes codes, float[] start, int k, int rounds) {
        KMeans fit = new KMeans(codes, start.clone(), k, rounds);
        fit.assign();
        for (int round = 0; round < rounds && fit.update(); round++) {
            fit.assign();
        }
        return fit;
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
        if (bounds.isPresent()) {
            assign(bounds.get());
        } else {
            among.find(codes.values(), codes.rows(), clusters, nearest);
        }
        Arrays.fill(counts, 0);
        for (int cluster : clusters) {
            counts[cluster]++;
        }
    }

    /// Looks among all centroids for those rows alone whose cluster may have changed.
    private void assign(LowerBounds known) {
        int d = codes.dimension();
        int[] rows = new int[NearestCentroids.BLOCK];
        Codes block = new Codes(rows.length, d);
        float[] squared = new float[rows.length * k];
        int[] found = new int[rows.length];
        float[] distances = new float[rows.length];
        for (int i = 0; i < codes.rows(); i++) {
            if (known.known(i)) {
                nearest[i] = Kernels.squaredDistance(codes.values(), codes.offset(i), centroids, clusters[i] * d, d);
            }
            if (!known.known(i) || !known.certain(i, clusters[i], nearest[i])) {
                rows[block.rows()] = i;
                block.add(codes.values(), codes.offset(i));
            }
            if (block.rows() == rows.length || i == codes.rows() - 1) {
                among.findAll(block.values(), block.rows(), found, distances, squared);
                for (int j = 0; j < block.rows(); j++) {
                    clusters[rows[j]] = found[j];
                    nearest[rows[j]] = distances[j];
                    known.taken(rows[j], squared, j * k);
                }
                block.rows(0);
            }
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
        float[] distances = new float[k];
        for (int c = 0; c < k; c++) {
            if (counts[c] == 0) {
                int worst = worst();
                System.arraycopy(codes.values(), codes.offset(worst), sums, c * d, d);
                nearest[worst] = 0;
                refills++;
            }
            float scale = 1f / Math.max(1, counts[c]);
            double squared = 0;
            for (int j = c * d; j < (c + 1) * d; j++) {
                float value = sums[j] * scale;
                double by = value - centroids[j];
                squared += by * by;
                centroids[j] = value;
            }
            moved |= squared > 0;
            distances[c] = (float) Math.sqrt(squared);
        }
        bounds.ifPresent(known -> known.moved(distances));
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

    private static float[] plusPlus(Codes codes, int k, SplittableRandom random) {
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
        Candidates trial = new Candidates(codes, candidates);
        for (int c = 1; c < k; c++) {
            int row = trial.best(nearest, random);
            System.arraycopy(x, codes.offset(row), centroids, c * d, d);
        }
        return centroids;
    }
}
