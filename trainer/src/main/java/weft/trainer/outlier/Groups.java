package weft.trainer.outlier;

import java.util.Arrays;
import weft.core.image.Shape;
import weft.core.math.Cholesky;
import weft.core.math.Matrix;
import weft.core.math.Triangles;
import weft.core.math.Vector;
import weft.core.model.DenseLayer;
import weft.core.model.Strangeness;

/// The Gaussians of the groups that points are in.
final class Groups {
    /// A group with less of the images is nothing but strange.
    private static final double LEAST_SHARE = 0.04;

    /// Images that the covariance of all groups together counts as in each.
    private static final double PRIOR = 20;

    /// Of the variance of an axis, which is 1 on average.
    private static final double RIDGE = 1e-3;

    private final Points points;
    private final int k;
    private final int d;
    private final int[] counts;
    private final double[] means;

    private Groups(Points points, int k) {
        this.points = points;
        this.k = k;
        d = points.d;
        counts = new int[k];
        means = new double[k * d];
    }

    /// Measures the images that are kept.
    static Strangeness fit(Points points, int k, Shape shape, DenseLayer axes) {
        return new Groups(points, k).fit(shape, axes);
    }

    private Strangeness fit(Shape shape, DenseLayer axes) {
        int kept = count();
        for (int j = 0; j < k * d; j++) {
            means[j] /= Math.max(1, counts[j / d]);
        }
        int size = d * (d + 1) / 2;
        double[] scatters = scatters(size);
        double[] pooled = new double[size];
        for (int i = 0; i < scatters.length; i++) {
            pooled[i % size] += scatters[i] / kept;
        }
        int large = 0;
        float[] centres = new float[k * d];
        float[] factors = new float[k * size];
        double[] constants = new double[k];
        for (int g = 0; g < k; g++) {
            if (counts[g] < LEAST_SHARE * kept) {
                continue;
            }
            Cholesky cholesky = Cholesky.ofLowerTriangle(covariance(g, scatters, pooled), d);
            narrow(means, g * d, d, centres, large * d);
            narrow(cholesky.inverseTriangle(), 0, size, factors, large * size);
            constants[large++] = Math.log(counts[g] / (double) kept) - 0.5 * cholesky.logDeterminant();
        }
        return new Strangeness(
                shape,
                axes,
                Matrix.of(large, d, Arrays.copyOf(centres, large * d)),
                Matrix.of(large, size, Arrays.copyOf(factors, large * size)),
                Vector.of(Arrays.copyOf(constants, large)));
    }

    /// Adds the images up that are kept, by groups, and says how many they are.
    private int count() {
        int kept = 0;
        for (int i = 0; i < points.n; i++) {
            if (points.kept[i]) {
                kept++;
                int g = points.groups[i];
                counts[g]++;
                for (int j = 0; j < d; j++) {
                    means[g * d + j] += points.values[i * d + j];
                }
            }
        }
        return kept;
    }

    /// The lower triangle of the covariance of a group, with what all groups tell and a ridge.
    private double[] covariance(int group, double[] scatters, double[] pooled) {
        int size = pooled.length;
        double[] covariance = new double[size];
        for (int i = 0; i < size; i++) {
            covariance[i] = (scatters[group * size + i] + PRIOR * pooled[i]) / (counts[group] + PRIOR);
        }
        for (int j = 0; j < d; j++) {
            covariance[j * (j + 1) / 2 + j] += RIDGE;
        }
        return covariance;
    }

    private static void narrow(double[] from, int start, int n, float[] to, int at) {
        for (int i = 0; i < n; i++) {
            to[at + i] = (float) from[start + i];
        }
    }

    /// Of each group the lower triangle of the sums of products of differences from its mean.
    private double[] scatters(int size) {
        double[] scatters = new double[k * size];
        double[] centred = new double[d];
        for (int i = 0; i < points.n; i++) {
            if (!points.kept[i]) {
                continue;
            }
            int g = points.groups[i];
            for (int j = 0; j < d; j++) {
                centred[j] = points.values[i * d + j] - means[g * d + j];
            }
            int at = g * size;
            for (int j = 0; j < d; j++) {
                Triangles.axpy(centred[j], centred, scatters, at, j + 1);
                at += j + 1;
            }
        }
        return scatters;
    }
}
