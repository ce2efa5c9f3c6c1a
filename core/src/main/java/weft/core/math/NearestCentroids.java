package weft.core.math;

import org.jspecify.annotations.Nullable;

/// Finds the nearest centroid of many codes at once: the one that [Kernels#squaredDistance] tells, bit for bit, and of
/// two as near the one of the lower index.
///
/// Few long centroids stay in the cache, and all are looked at. Else [DistanceBounds] say which may be nearest, and
/// only the distances to those are taken: how it looks changes only what it costs. Not for more than one thread.
public final class NearestCentroids {
    /// Codes of a block: the products of one fit into the cache.
    public static final int BLOCK = 64;

    private static final int LONG = 128;
    private static final int MANY = 32;

    /// Where more of the centroids than one in so many are looked at, bounds are not worth their trouble.
    private static final int RARE = 8;

    /// Codes after which that is judged.
    private static final int TRIAL = 4 * BLOCK;

    /// What says which centroids to look at.
    enum By {
        SKETCHES,
        PRODUCTS,
        NOTHING
    }

    private final int k;
    private final int d;
    private final DistanceTiles tiles;
    private final float[] all;
    private float[] centroids = {};
    private By by;

    /// None where all centroids are looked at.
    private @Nullable DistanceBounds bounds;

    private long looks;
    private long codesSeen;

    /// For `k` centroids of `d` values, which [#use] tells.
    public NearestCentroids(int k, int d) {
        this.k = k;
        this.d = d;
        tiles = new DistanceTiles(k, d);
        all = new float[DistanceTiles.CODES * k];
        by = usual();
        bounds = bounds();
    }

    private By usual() {
        if (costly(k, d)) {
            return By.SKETCHES;
        }
        return d < LONG ? By.PRODUCTS : By.NOTHING;
    }

    private @Nullable DistanceBounds bounds() {
        return by == By.NOTHING ? null : new DistanceBounds(k, d, by == By.SKETCHES);
    }

    /// Whether centroids are so many and so long that [Sketches] are worth their trouble.
    public static boolean costly(int k, int d) {
        return d >= LONG && k >= MANY;
    }

    /// Takes the centroids to look among, k x d, which the caller may change with a word to [#moved].
    public void use(float[] centroids) {
        this.centroids = centroids;
        looks = 0;
        codesSeen = 0;
        if (by == usual()) {
            tellBounds();
        } else {
            look(usual());
        }
    }

    private void look(By by) {
        this.by = by;
        bounds = bounds();
        tellBounds();
    }

    private void tellBounds() {
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

    /// What it looks by at present.
    By by() {
        return by;
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
                findAmongAll(codes, from, rows, clusters, distances);
            } else {
                if (by == By.SKETCHES && sketches != null) {
                    bounds.codes(sketches, from, rows);
                } else {
                    bounds.codes(codes, from, rows);
                }
                for (int i = 0; i < rows; i++) {
                    search(bounds, codes, from + i, i, clusters, distances);
                }
                judge();
            }
        }
    }

    private void findAmongAll(float[] codes, int from, int rows, int[] clusters, float[] distances) {
        int i = from;
        for (; i + DistanceTiles.CODES <= from + rows; i += DistanceTiles.CODES) {
            tiles.measure(centroids, codes, i * d, all);
            for (int code = 0; code < DistanceTiles.CODES; code++) {
                pick(code * k, i + code, clusters, distances);
            }
        }
        for (; i < from + rows; i++) {
            Kernels.squaredDistances(centroids, k, d, codes, i * d, all);
            pick(0, i, clusters, distances);
        }
    }

    /// Takes the least of the distances that begin at `at`.
    private void pick(int at, int code, int[] clusters, float[] distances) {
        int best = Kernels.argmin(all, at, k);
        clusters[code] = best - at;
        distances[code] = all[best];
    }

    private void search(
            DistanceBounds bounds, float[] codes, int code, int rowOfBlock, int[] clusters, float[] distances) {
        bounds.row(rowOfBlock);
        int first = bounds.least();
        int best = first;
        float nearest = distance(codes, code, first);
        looks++;
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
        codesSeen++;
    }

    private float distance(float[] codes, int code, int c) {
        return Kernels.squaredDistance(codes, code * d, centroids, c * d, d);
    }

    /// Values that tell nothing about their neighbours have sketches that tell nothing apart, and centroids that are
    /// alike have distances that do not either.
    private void judge() {
        if (codesSeen < TRIAL) {
            return;
        }
        if (looks > codesSeen * (1 + k / RARE)) {
            look(by == By.SKETCHES ? By.PRODUCTS : By.NOTHING);
        }
        looks = 0;
        codesSeen = 0;
    }
}
