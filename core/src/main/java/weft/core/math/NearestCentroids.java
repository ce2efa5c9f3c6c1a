package weft.core.math;

import org.jspecify.annotations.Nullable;

/// Finds the nearest centroid of many codes at once: the one that [Kernels#squaredDistance] tells, bit for bit, and of
/// two as near the one of the lower index.
///
/// Few long centroids stay in the cache, and all are looked at for one code after the other. Else [DistanceBounds] say
/// which
/// ones may be the nearest, and the distances to those alone are taken. Not for more than one thread.
public final class NearestCentroids {
    /// Codes of a block: the products of one fit into the cache.
    public static final int BLOCK = 64;

    private static final int LONG = 128;
    private static final int MANY = 32;

    /// Where more of the centroids than one in so many are looked at, sketches are not worth their trouble.
    private static final int RARE = 8;

    private final int k;
    private final int d;
    private final float[] all;
    private float[] centroids = {};

    /// None where all centroids are looked at.
    private @Nullable DistanceBounds bounds;

    private long lookedAt;
    private long codesSeen;
    private boolean sketched;

    /// For `k` centroids of `d` values, which [#use] tells.
    public NearestCentroids(int k, int d) {
        this.k = k;
        this.d = d;
        all = new float[k];
        sketched = costly(k, d);
        bounds = sketched || d < LONG ? new DistanceBounds(k, d, sketched) : null;
    }

    /// Whether centroids are so many and so long that [Sketches] are worth their trouble.
    public static boolean costly(int k, int d) {
        return d >= LONG && k >= MANY;
    }

    /// Takes the centroids to look among, k x d, which the caller may change with a word to [#moved].
    public void use(float[] centroids) {
        this.centroids = centroids;
        if (bounds != null) {
            bounds.use(centroids);
        }
    }

    /// Says that a centroid has been changed.
    public void moved(int c) {
        if (bounds != null) {
            bounds.moved(c, centroids);
        }
    }

    /// Finds the nearest centroid of each of `n` codes.
    ///
    /// @param codes n x d
    /// @param clusters where their indexes go
    /// @param distances where the squared distances to them go
    public void find(float[] codes, int n, int[] clusters, float[] distances) {
        find(codes, null, n, clusters, distances);
    }

    /// The same with the codes' sketches, for whoever has them.
    public void find(float[] codes, @Nullable Sketches sketches, int n, int[] clusters, float[] distances) {
        for (int from = 0; from < n; from += BLOCK) {
            int rows = Math.min(BLOCK, n - from);
            if (bounds == null) {
                findOneByOne(codes, from, rows, clusters, distances);
            } else {
                if (sketched && sketches != null) {
                    bounds.codes(sketches, from, rows);
                } else {
                    bounds.codes(codes, from, rows);
                }
                for (int i = 0; i < rows; i++) {
                    search(bounds, codes, from + i, i, clusters, distances);
                }
                giveUpSketches();
            }
        }
    }

    private void findOneByOne(float[] codes, int from, int rows, int[] clusters, float[] distances) {
        for (int i = from; i < from + rows; i++) {
            Kernels.squaredDistances(centroids, k, d, codes, i * d, all);
            clusters[i] = Kernels.argmin(all, k);
            distances[i] = all[clusters[i]];
        }
    }

    private void search(
            DistanceBounds bounds, float[] codes, int code, int rowOfBlock, int[] clusters, float[] distances) {
        bounds.row(rowOfBlock);
        int first = bounds.least();
        int best = first;
        float nearest = distance(codes, code, first);
        int looks = 1;
        for (int c = bounds.next(0, nearest); c < k; c = bounds.next(c + 1, nearest)) {
            if (c != first) {
                float other = distance(codes, code, c);
                looks++;
                if (other < nearest || (other == nearest && c < best)) {
                    nearest = other;
                    best = c;
                }
            }
        }
        clusters[code] = best;
        distances[code] = nearest;
        lookedAt += looks;
        codesSeen++;
    }

    private float distance(float[] codes, int code, int c) {
        return Kernels.squaredDistance(codes, code * d, centroids, c * d, d);
    }

    /// Values that tell nothing about their neighbours have sketches that tell nothing apart.
    private void giveUpSketches() {
        if (sketched && lookedAt > codesSeen * k / RARE) {
            sketched = false;
            bounds = new DistanceBounds(k, d, false);
            bounds.use(centroids);
        }
    }
}
