package weft.trainer.micro;

import java.util.Arrays;
import weft.core.math.Gemm;
import weft.core.math.Matrix;
import weft.core.model.Activation;
import weft.core.model.DenseLayer;

/// A projection on the axes of the largest variance, each scaled by its variance to the power of −1/4: half way from
/// principal components to whitened ones.
final class PrincipalAxes {
    /// Axes with less than this share of the largest variance are noise of rounding, and give 0.
    private static final float LEAST_SHARE = 1e-6f;

    private PrincipalAxes() {}

    /// Learns a projection under which the rows, centred, have a total variance of `total`.
    ///
    /// @param rows n x d; overwritten by their differences from their mean
    static DenseLayer fit(float[] rows, int n, int d, int axes, double total) {
        double[] mean = centre(rows, n, d);
        float[] covariance = new float[d * d];
        Gemm.transposedProduct(rows, d, rows, d, n, covariance, 0);
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] /= n;
        }
        SymmetricEigen eigen = SymmetricEigen.largest(covariance, d, axes);
        double most = Math.max(0, eigen.values()[axes - 1]);
        double[] scales = new double[axes];
        double projected = 0;
        for (int a = 0; a < axes; a++) {
            double variance = eigen.values()[a];
            if (variance > LEAST_SHARE * most) {
                scales[a] = Math.pow(variance, -.25);
                projected += Math.sqrt(variance);
            }
        }
        double unit = projected > 0 ? Math.sqrt(total / projected) : 0;
        float[] weights = new float[axes * d];
        float[] bias = new float[axes];
        for (int a = 0; a < axes; a++) {
            double shift = 0;
            for (int j = 0; j < d; j++) {
                float weight = (float) (eigen.vectors()[j * axes + a] * scales[a] * unit);
                weights[a * d + j] = weight;
                shift += weight * mean[j];
            }
            bias[a] = (float) -shift;
        }
        return new DenseLayer(Matrix.of(axes, d, weights), bias, Activation.IDENTITY);
    }

    private static double[] centre(float[] rows, int n, int d) {
        double[] mean = new double[d];
        for (int i = 0; i < n * d; i++) {
            mean[i % d] += rows[i];
        }
        Arrays.setAll(mean, j -> mean[j] / n);
        for (int i = 0; i < n * d; i++) {
            rows[i] -= (float) mean[i % d];
        }
        return mean;
    }
}
