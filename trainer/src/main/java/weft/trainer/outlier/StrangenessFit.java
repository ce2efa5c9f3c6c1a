package weft.trainer.outlier;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import weft.core.image.Shape;
import weft.core.math.Gemm;
import weft.core.math.Kernels;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.DenseLayer;
import weft.core.model.Network;
import weft.core.model.Strangeness;

/// Learns what most images look like, from images among which a few are strange.
///
/// Groups of Gaussians are fitted by turns: each image goes to the group that makes it likeliest, the twentieth part
/// that fits worst is left out, and groups too small to be anything but strange go (trimmed classification EM: Celeux
/// and Govaert 1992; García-Escudero et al., Annals of Statistics 36, 2008). So strange images, which are learnt by the
/// clusterers like all others, are not part of what they are measured by.
public final class StrangenessFit {
    /// Newest images that are looked at.
    public static final int MOST = 5_000;

    /// Fewer images tell nothing.
    static final int FEWEST = 200;

    private static final int AXES = 28;
    private static final int GROUPS = 16;
    private static final int ROUNDS = 5;
    private static final double KEPT = 0.95;

    private StrangenessFit() {}

    /// What was learnt.
    ///
    /// By a fit that it was part of an image seems less strange than one like it that was not: ranks among 512 such
    /// images would put a third of all others in the last tenth.
    ///
    /// @param toOthers how strange each image is to the others
    public record Fit(Strangeness strangeness, Vector toOthers) {}

    /// Fits.
    ///
    /// @param thumbnails of `n` images, as [Strangeness#thumbnails]; overwritten
    /// @return empty where there are too few images, all alike, or some with values beyond all bounds
    public static Optional<Fit> of(Shape shape, float[] thumbnails, int n, SplittableRandom random) {
        int d = Strangeness.thumbnailSize(shape);
        if (n < FEWEST) {
            return Optional.empty();
        }
        float[] mean = centre(thumbnails, n, d);
        float[] covariance = new float[d * d];
        Gemm.transposedProduct(thumbnails, d, thumbnails, d, n, covariance, 0);
        double variance = 0;
        for (int j = 0; j < d; j++) {
            variance += covariance[j * d + j] / n;
        }
        if (!Kernels.allFinite(covariance) || !(variance > Float.MIN_NORMAL)) {
            return Optional.empty();
        }
        int axes = Math.min(AXES, d);
        DenseLayer layer = axes(covariance, mean, d, axes, Math.sqrt(axes / variance), random);
        float[] points = new float[n * axes];
        // They are centred already.
        new Network(List.of(new DenseLayer(layer.weights(), new float[axes], Activation.IDENTITY)))
                .pass()
                .run(thumbnails, n, points);
        return Optional.of(groups(shape, layer, points, n, random));
    }

    private static float[] centre(float[] rows, int n, int d) {
        double[] sums = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                sums[j] += rows[i * d + j];
            }
        }
        float[] mean = new float[d];
        for (int j = 0; j < d; j++) {
            mean[j] = (float) (sums[j] / n);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                rows[i * d + j] -= mean[j];
            }
        }
        return mean;
    }

    /// @param scale of the points, so that they have a variance of about 1 on each axis
    private static DenseLayer axes(
            float[] covariance, float[] mean, int d, int axes, double scale, SplittableRandom random) {
        float[] weights = Subspace.of(covariance, d, axes, random);
        float[] bias = new float[axes];
        for (int a = 0; a < axes; a++) {
            double shift = 0;
            for (int j = a * d; j < (a + 1) * d; j++) {
                weights[j] *= (float) scale;
                shift += weights[j] * mean[j - a * d];
            }
            bias[a] = (float) -shift;
        }
        return new DenseLayer(Matrix.of(axes, d, weights), bias, Activation.IDENTITY);
    }

    private static Fit groups(Shape shape, DenseLayer axes, float[] values, int n, SplittableRandom random) {
        Points points = new Points(values, n, axes.outputs());
        points.start(GROUPS, KEPT, random);
        Groups groups = new Groups(points, GROUPS, shape, axes);
        float[] misfit = new float[n];
        for (int round = 0; round < ROUNDS; round++) {
            Strangeness.Pass pass = groups.strangeness().pass();
            for (int i = 0; i < n; i++) {
                misfit[i] = (float) pass.ofPoint(values, i * points.d);
                points.groups[i] = pass.group();
            }
            points.trim(KEPT, misfit);
            groups = new Groups(points, GROUPS, shape, axes);
        }
        return new Fit(groups.strangeness(), groups.strangenessToOthers());
    }
}
