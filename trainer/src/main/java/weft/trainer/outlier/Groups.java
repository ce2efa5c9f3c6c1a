package weft.trainer.outlier;

import java.util.stream.IntStream;
import weft.core.image.Shape;
import weft.core.math.Cholesky;
import weft.core.math.Matrix;
import weft.core.math.TriangleSet;
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

    /// Of a determinant, where a group is flat without a point but for rounding.
    private static final double LEAST_REST = 1e-6;

    private final Points points;
    private final int k;
    private final int d;
    private final int[] counts;
    private final double[] means;
    private final int kept;

    /// Groups that are large enough.
    private final int[] large;

    private final Strangeness strangeness;

    /// Measures the images that are kept.
    Groups(Points points, int k, Shape shape, DenseLayer axes) {
        this.points = points;
        this.k = k;
        d = points.d;
        counts = new int[k];
        means = new double[k * d];
        kept = count();
        large = IntStream.range(0, k)
                .filter(g -> counts[g] >= LEAST_SHARE * kept)
                .toArray();
        strangeness = measure(shape, axes);
    }

    Strangeness strangeness() {
        return strangeness;
    }

    private Strangeness measure(Shape shape, DenseLayer axes) {
        for (int j = 0; j < k * d; j++) {
            means[j] /= Math.max(1, counts[j / d]);
        }
        int size = d * (d + 1) / 2;
        double[] scatters = scatters(size);
        double[] pooled = new double[size];
        for (int i = 0; i < scatters.length; i++) {
            pooled[i % size] += scatters[i] / kept;
        }
        float[] centres = new float[large.length * d];
        float[] factors = new float[large.length * size];
        double[] constants = new double[large.length];
        for (int i = 0; i < large.length; i++) {
            int g = large[i];
            Cholesky cholesky = Cholesky.ofLowerTriangle(covariance(g, scatters, pooled), d);
            narrow(means, g * d, d, centres, i * d);
            narrow(cholesky.inverseTriangle(), 0, size, factors, i * size);
            constants[i] = Math.log(counts[g] / (double) kept) - 0.5 * cholesky.logDeterminant();
        }
        return new Strangeness(
                shape,
                axes,
                Matrix.of(large.length, d, centres),
                Matrix.of(large.length, size, factors),
                Vector.of(constants));
    }

    /// How strange each image is to the others: one that counts in a group is judged by what the group would be
    /// without it.
    ///
    /// Without the point `x` a group of `n`, its mean `m`, loses `n / (n - 1) (x - m)(x - m)ᵀ` of its scatter, an
    /// update of rank 1: its inverse and its determinant follow from those that are there (Sherman and Morrison
    /// 1950), and so does the distance from the mean without `x`, `n / (n - 1) (x - m)`.
    Vector strangenessToOthers() {
        TriangleSet triangles = strangeness.triangles();
        float[] norms = new float[triangles.length()];
        double[] strange = new double[points.n];
        for (int i = 0; i < points.n; i++) {
            triangles.squaredNorms(points.values, i * d, norms);
            double best = Double.NEGATIVE_INFINITY;
            for (int g = 0; g < large.length; g++) {
                boolean member = points.kept[i] && points.groups[i] == large[g];
                double lost = member ? lostByLeaving(norms[g], counts[large[g]]) : 0;
                best = Math.max(best, strangeness.constants().get(g) - 0.5 * norms[g] - lost);
            }
            strange[i] = -best;
        }
        return Vector.of(strange);
    }

    /// The likelihood, in nats, that a point of a group loses where the group is fitted without it.
    ///
    /// @param norm squared distance of the point from the group that it is part of
    /// @param n points of the group
    private double lostByLeaving(double norm, int n) {
        double weight = n + PRIOR;
        double more = n / (n - 1.0);
        double leverage = norm / weight;
        // The covariance of all groups together loses it, too, but for the share of each other point, which grows.
        double rest = Math.max(LEAST_REST, 1 - more * (1 + PRIOR / (kept - 1)) * leverage);
        double without = more * more * (weight - 1) * leverage / rest;
        double determinant = Math.log(rest) + d * Math.log(weight / (weight - 1));
        return 0.5 * (without - norm + determinant) + Math.log(more * (kept - 1) / kept);
    }

    /// Adds the images up that are kept, by groups, and says how many they are.
    private int count() {
        int found = 0;
        for (int i = 0; i < points.n; i++) {
            if (points.kept[i]) {
                found++;
                int g = points.groups[i];
                counts[g]++;
                for (int j = 0; j < d; j++) {
                    means[g * d + j] += points.values[i * d + j];
                }
            }
        }
        return found;
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
