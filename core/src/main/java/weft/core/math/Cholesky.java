package weft.core.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The lower-triangular factor L of a symmetric positive definite matrix, `A = L Lᵀ`, on the Vector API.
///
/// Inside rows are as long as the longest, in whole vectors, so that every loop is: what stands right of the diagonal
/// means nothing.
public final class Cholesky {
    private static final VectorSpecies<Double> SPECIES = Triangles.DOUBLES;
    private static final int LANES = SPECIES.length();

    private final int n;
    private final int stride;
    private final double[] factor;

    private Cholesky(int n, int stride, double[] factor) {
        this.n = n;
        this.stride = stride;
        this.factor = factor;
    }

    /// Factors the matrix whose lower triangle is given row by row, n (n + 1) / 2 values.
    ///
    /// Column by column: each is taken off what is right of it.
    ///
    /// @throws IllegalArgumentException where the matrix is not positive definite
    public static Cholesky ofLowerTriangle(double[] triangle, int n) {
        int stride = Math.ceilDiv(n, LANES) * LANES;
        double[] l = new double[n * stride];
        for (int i = 0; i < n; i++) {
            System.arraycopy(triangle, i * (i + 1) / 2, l, i * stride, i + 1);
        }
        double[] column = new double[stride];
        for (int j = 0; j < n; j++) {
            double pivot = l[j * stride + j];
            if (!(pivot > 0) || Double.isInfinite(pivot)) {
                throw new IllegalArgumentException("the matrix is not positive definite: pivot " + j + " is " + pivot);
            }
            double root = Math.sqrt(pivot);
            l[j * stride + j] = root;
            // Zeros up to the diagonal: what is left of it stays.
            column[j] = 0;
            for (int i = j + 1; i < n; i++) {
                double below = l[i * stride + j] / root;
                l[i * stride + j] = below;
                column[i] = below;
            }
            for (int i = j + 1; i < n; i++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, -column[i]);
                int row = i * stride;
                for (int at = SPECIES.loopBound(j + 1); at <= i; at += LANES) {
                    factor.fma(
                                    DoubleVector.fromArray(SPECIES, column, at),
                                    DoubleVector.fromArray(SPECIES, l, row + at))
                            .intoArray(l, row + at);
                }
            }
        }
        return new Cholesky(n, stride, l);
    }

    /// The logarithm of the matrix's determinant.
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(factor[i * stride + i]);
        }
        return 2 * sum;
    }

    /// `L⁻¹` as a lower triangle, row by row, n (n + 1) / 2 values.
    public double[] inverseTriangle() {
        double[] inverse = new double[n * stride];
        double[] packed = new double[n * (n + 1) / 2];
        for (int i = 0; i < n; i++) {
            int row = i * stride;
            inverse[row + i] = 1;
            for (int m = 0; m < i; m++) {
                DoubleVector share = DoubleVector.broadcast(SPECIES, -factor[row + m]);
                for (int at = 0; at <= m; at += LANES) {
                    share.fma(
                                    DoubleVector.fromArray(SPECIES, inverse, m * stride + at),
                                    DoubleVector.fromArray(SPECIES, inverse, row + at))
                            .intoArray(inverse, row + at);
                }
            }
            DoubleVector diagonal = DoubleVector.broadcast(SPECIES, factor[row + i]);
            for (int at = 0; at <= i; at += LANES) {
                DoubleVector.fromArray(SPECIES, inverse, row + at).div(diagonal).intoArray(inverse, row + at);
            }
            System.arraycopy(inverse, row, packed, i * (i + 1) / 2, i + 1);
        }
        return packed;
    }
}
