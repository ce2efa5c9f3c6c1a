package weft.core.math;

import java.util.Arrays;

/// What the squared distances of a block of codes to all centroids are at least, by one product of matrices.
///
/// `|x|² + |c|² − 2 x·c` is the squared distance but for rounding. Taken from the [Sketches] of both it is not
/// more, at a quarter of the cost. Centroids are told first, then a block of codes, then its rows one by one. Not for
/// more than one thread.
public final class DistanceBounds {
    private final int k;
    private final int d;
    private final boolean sketched;
    private final int size;
    private final int stride;
    private final float[] centroid;
    private final float[] turned;
    private final float[] halfNorms;
    private final float[] block;
    private final float[] norms;
    private final float[] products;
    private final float[] origin;
    private float longest;
    private float norm;
    private int at;

    /// @param k centroids
    /// @param d values of each
    public DistanceBounds(int k, int d, boolean sketched) {
        this.k = k;
        this.d = d;
        this.sketched = sketched;
        size = sketched ? Sketches.size(d) : d;
        stride = Math.ceilDiv(k, Kernels.LANES) * Kernels.LANES;
        centroid = new float[size];
        turned = new float[size * stride];
        halfNorms = new float[k];
        block = new float[NearestCentroids.BLOCK * size];
        norms = new float[NearestCentroids.BLOCK];
        products = new float[NearestCentroids.BLOCK * stride];
        origin = new float[sketched ? 0 : d];
    }

    /// Takes all centroids, k x d. Without sketches it reckons about their mean, where products are smallest and round
    /// least.
    public void use(float[] centroids) {
        if (!sketched) {
            Arrays.fill(origin, 0);
            for (int c = 0; c < k; c++) {
                Kernels.axpy(1f / k, centroids, c * d, origin, 0, d);
            }
        }
        for (int c = 0; c < k; c++) {
            moved(c, centroids);
        }
    }

    /// Takes one centroid anew.
    void moved(int c, float[] centroids) {
        shorten(centroids, c * d, centroid, 0);
        halfNorms[c] = Kernels.dot(centroid, 0, centroid, 0, size) / 2;
        for (int j = 0; j < size; j++) {
            turned[j * stride + c] = centroid[j];
        }
    }

    private void shorten(float[] values, int from, float[] to, int toOffset) {
        if (sketched) {
            Sketches.of(values, from, d, to, toOffset);
            return;
        }
        for (int j = 0; j < d; j++) {
            to[toOffset + j] = values[from + j] - origin[j];
        }
    }

    /// Takes the codes to look at, at most [NearestCentroids#BLOCK], from row `from` on.
    void codes(float[] codes, int from, int rows) {
        for (int i = 0; i < rows; i++) {
            shorten(codes, (from + i) * d, block, i * size);
            norms[i] = Kernels.dot(block, i * size, block, i * size, size);
        }
        multiply(block, 0, rows);
    }

    /// The same by sketches that were made before.
    ///
    /// @throws IllegalStateException where these are not bounds by sketches
    public void codes(Sketches codes, int from, int rows) {
        if (!sketched) {
            throw new IllegalStateException("these bounds are not by sketches");
        }
        System.arraycopy(codes.squaredNorms, from, norms, 0, rows);
        multiply(codes.values, from * size, rows);
    }

    private void multiply(float[] rows, int from, int count) {
        Gemm.product(rows, from, count, turned, 0, stride, size, products);
        longest = 0;
        for (float half : halfNorms) {
            longest = Math.max(longest, 2 * half);
        }
    }

    /// Turns to one of the codes.
    public void row(int row) {
        at = row * stride;
        norm = norms[row];
    }

    /// The centroid with the least bound.
    int least() {
        int least = 0;
        float score = halfNorms[0] - products[at];
        for (int c = 1; c < k; c++) {
            float other = halfNorms[c] - products[at + c];
            if (other < score) {
                score = other;
                least = c;
            }
        }
        return least;
    }

    /// The next centroid from `c` on that may be as near to the code as `distance` is, squared; `k` where none is.
    public int next(int c, float distance) {
        float limit = (distance + Sketches.rounding(norm + longest, size) - norm) / 2;
        int next = c;
        while (next < k && halfNorms[next] - products[at + next] > limit) {
            next++;
        }
        return next;
    }
}
