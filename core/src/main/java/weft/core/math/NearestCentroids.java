package weft.core.math;

/// Finds the nearest centroid of many codes at once.
///
/// `|x|²` is the same for all centroids, so the least `|c|² − 2 x·c` wins, and one product of matrices has all `x·c`.
/// Both are taken about an origin among the centroids, where they are smallest and round least, and the distance to the
/// winner
/// is taken anew. Not for more than one thread.
public final class NearestCentroids {
    /// Codes of a block: the products of one fit into the cache.
    public static final int BLOCK = 64;

    /// More than a product of matrices loses by rounding, by the size of its terms.
    private static final float ROUNDING = 1e-5f;

    /// Few long centroids stay in the cache: then their distances are taken one code after the other, which is twice as
    /// fast.
    private static final int LONG = 128;

    private static final int MANY = 32;

    private final int k;
    private final int d;
    private final boolean oneByOne;
    private final int stride;
    private final float[] origin;
    private final float[] centred;
    private final float[] turned;
    private final float[] halfNorms;
    private final float[] block;
    private final float[] products;
    private float[] centroids = {};

    /// For `k` centroids of `d` values, which [#use] tells.
    public NearestCentroids(int k, int d) {
        this.k = k;
        this.d = d;
        oneByOne = d >= LONG && k < MANY;
        stride = Math.ceilDiv(k, Kernels.LANES) * Kernels.LANES;
        origin = new float[d];
        centred = new float[k * d];
        turned = new float[oneByOne ? 0 : d * stride];
        halfNorms = new float[k];
        block = new float[BLOCK * d];
        products = new float[BLOCK * stride];
    }

    /// Takes the centroids to look among, k x d, which the caller may change with a word to [#moved]; their mean
    /// becomes the origin.
    public void use(float[] centroids) {
        float[] mean = new float[d];
        for (int c = 0; c < k; c++) {
            Kernels.axpy(1f / k, centroids, c * d, mean, 0, d);
        }
        use(centroids, mean);
    }

    /// The same about an origin that [#origin] told, for which the answers are the same bit for bit.
    public void use(float[] centroids, float[] origin) {
        this.centroids = centroids;
        System.arraycopy(origin, 0, this.origin, 0, d);
        for (int c = 0; c < k; c++) {
            moved(c);
        }
    }

    /// A fresh copy of the point about which it reckons.
    public float[] origin() {
        return origin.clone();
    }

    /// Says that a centroid has been changed.
    public void moved(int c) {
        if (oneByOne) {
            return;
        }
        centre(centroids, c * d, 1, centred, c * d);
        halfNorms[c] = Kernels.dot(centred, c * d, centred, c * d, d) / 2;
        for (int j = 0; j < d; j++) {
            turned[j * stride + c] = centred[c * d + j];
        }
    }

    private void centre(float[] rows, int from, int n, float[] to, int toOffset) {
        for (int i = 0; i < n * d; i += d) {
            for (int j = 0; j < d; j++) {
                to[toOffset + i + j] = rows[from + i + j] - origin[j];
            }
        }
    }

    /// Finds the nearest centroid of each of `n` codes; the lowest index wins a tie.
    ///
    /// @param codes n x d
    /// @param clusters where their indexes go
    /// @param distances where the squared distances to them go
    public void find(float[] codes, int n, int[] clusters, float[] distances) {
        for (int from = 0; from < n; from += BLOCK) {
            int rows = Math.min(BLOCK, n - from);
            if (oneByOne) {
                findOneByOne(codes, from, rows, clusters, distances);
            } else {
                findInABlock(codes, from, rows, clusters, distances);
            }
        }
    }

    /// Whether what one code costs is worth the trouble to do without: many long centroids.
    public static boolean costly(int k, int d) {
        return d >= LONG && k >= MANY;
    }

    /// As [#find] for at most [#BLOCK] codes where they are [#costly], bit for bit, and what the squared distances to
    /// all centroids are at least, whatever is lost by rounding.
    ///
    /// @param bounds where they go, n x k
    public void findAll(float[] codes, int n, int[] clusters, float[] distances, float[] bounds) {
        findInABlock(codes, 0, n, clusters, distances);
        float longest = 0;
        for (float half : halfNorms) {
            longest = Math.max(longest, 2 * half);
        }
        for (int i = 0; i < n; i++) {
            int at = i * stride;
            float least = halfNorms[clusters[i]] - products[at + clusters[i]];
            float squaredNorm = distances[i] - 2 * least;
            float nearest = distances[i] - ROUNDING * (Math.abs(squaredNorm) + longest);
            for (int c = 0; c < k; c++) {
                bounds[i * k + c] = nearest + 2 * (halfNorms[c] - products[at + c] - least);
            }
        }
    }

    private void findOneByOne(float[] codes, int from, int rows, int[] clusters, float[] distances) {
        for (int i = from; i < from + rows; i++) {
            Kernels.squaredDistances(centroids, k, d, codes, i * d, products);
            clusters[i] = Kernels.argmin(products, k);
            distances[i] = products[clusters[i]];
        }
    }

    private void findInABlock(float[] codes, int from, int rows, int[] clusters, float[] distances) {
        centre(codes, from * d, rows, block, 0);
        Gemm.product(block, 0, rows, turned, 0, stride, d, products);
        for (int i = 0; i < rows; i++) {
            int best = best(i * stride);
            clusters[from + i] = best;
            distances[from + i] = Kernels.squaredDistance(codes, (from + i) * d, centroids, best * d, d);
        }
    }

    private int best(int at) {
        int best = 0;
        float least = halfNorms[0] - products[at];
        for (int c = 1; c < k; c++) {
            float score = halfNorms[c] - products[at + c];
            if (score < least) {
                least = score;
                best = c;
            }
        }
        return best;
    }
}
