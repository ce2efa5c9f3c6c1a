package weft.core.math;

import java.util.Optional;

/// Finds the nearest and the second nearest of many centroids for one code at a time, as [Kernels#squaredDistances]
/// would tell them bit for bit.
///
/// Many long centroids are passed over by their [Sketches], a quarter as long, where those lie too far away. Not for
/// more than one thread.
public final class NearestTwo {
    /// Where more of the centroids than one in so many are looked at, all are taken in one go.
    private static final int RARE = 4;

    private final Matrix centroids;
    private final int d;
    private final float[] distances;
    private final Optional<Columns> sketches;
    private final float[] sketch;
    private float longest;
    private int nearest;
    private float first;
    private float second;

    /// @param centroids k x d
    public NearestTwo(Matrix centroids) {
        this.centroids = centroids;
        int k = centroids.rows();
        d = centroids.columns();
        boolean sketched = NearestCentroids.costly(k, d);
        sketch = new float[sketched ? Sketches.size(d) : 0];
        sketches = sketched ? Optional.of(sketches(centroids)) : Optional.empty();
        distances = new float[sketches.map(Columns::length).orElse(k)];
    }

    /// What makes of a code's sketch `|c|² / 2 − x·c` for each centroid.
    private Columns sketches(Matrix centroids) {
        int k = centroids.rows();
        int size = sketch.length;
        float[] minus = new float[k * size];
        float[] halfNorms = new float[k];
        for (int c = 0; c < k; c++) {
            Sketches.of(centroids.values(), c * d, d, sketch, 0);
            halfNorms[c] = Kernels.dot(sketch, 0, sketch, 0, size) / 2;
            longest = Math.max(longest, 2 * halfNorms[c]);
            Kernels.axpy(-1, sketch, 0, minus, c * size, size);
        }
        return new Columns(Matrix.of(k, size, minus), halfNorms);
    }

    /// Looks among all centroids; of two as near the one of the lower index is the nearest.
    public void find(float[] code) {
        if (sketches.isEmpty() || !bySketches(sketches.get(), code)) {
            int k = centroids.rows();
            Kernels.squaredDistances(centroids, code, 0, distances);
            nearest = Kernels.argmin(distances, k);
            first = distances[nearest];
            second = Float.POSITIVE_INFINITY;
            for (int c = 0; c < k; c++) {
                if (c != nearest && distances[c] < second) {
                    second = distances[c];
                }
            }
        }
    }

    private boolean bySketches(Columns sketches, float[] code) {
        int k = centroids.rows();
        Sketches.of(code, 0, d, sketch, 0);
        float norm = Kernels.dot(sketch, 0, sketch, 0, sketch.length);
        float doubt = Sketches.rounding(norm + longest, sketch.length) - norm;
        sketches.apply(sketch, 0, distances);
        int start = Kernels.argmin(distances, k);
        nearest = start;
        first = distance(code, start);
        distances[start] = Float.POSITIVE_INFINITY;
        int next = Kernels.argmin(distances, k);
        second = Float.POSITIVE_INFINITY;
        take(next, distance(code, next));
        int left = k / RARE;
        for (int c = 0; c < k; c++) {
            if (c == start || c == next || 2 * distances[c] > second + doubt) {
                continue;
            }
            if (left == 0) {
                return false;
            }
            left--;
            take(c, distance(code, c));
        }
        return true;
    }

    private void take(int c, float distance) {
        if (distance < first || (distance == first && c < nearest)) {
            second = first;
            first = distance;
            nearest = c;
        } else if (distance < second) {
            second = distance;
        }
    }

    private float distance(float[] code, int c) {
        return Kernels.squaredDistance(code, 0, centroids.values(), c * d, d);
    }

    /// The index of the nearest centroid.
    public int nearest() {
        return nearest;
    }

    /// The squared distance to it.
    public float first() {
        return first;
    }

    /// The squared distance to the second nearest.
    public float second() {
        return second;
    }
}
