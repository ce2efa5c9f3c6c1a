package weft.core.math;

/// The lower-triangular factor L of a symmetric positive definite matrix, `A = L Lᵀ`.
public final class Cholesky {
    private final int n;
    private final double[] factor;

    private Cholesky(int n, double[] factor) {
        this.n = n;
        this.factor = factor;
    }

    /// Factors the matrix whose lower triangle is given row by row, n (n + 1) / 2 values.
    ///
    /// @throws IllegalArgumentException where the matrix is not positive definite
    public static Cholesky ofLowerTriangle(double[] triangle, int n) {
        double[] l = triangle.clone();
        for (int i = 0; i < n; i++) {
            int rowI = i * (i + 1) / 2;
            for (int j = 0; j <= i; j++) {
                int rowJ = j * (j + 1) / 2;
                double sum = l[rowI + j];
                for (int m = 0; m < j; m++) {
                    sum -= l[rowI + m] * l[rowJ + m];
                }
                if (i == j) {
                    if (!(sum > 0) || Double.isInfinite(sum)) {
                        throw new IllegalArgumentException(
                                "the matrix is not positive definite: pivot " + i + " is " + sum);
                    }
                    l[rowI + i] = Math.sqrt(sum);
                } else {
                    l[rowI + j] = sum / l[rowJ + j];
                }
            }
        }
        return new Cholesky(n, l);
    }

    /// The logarithm of the matrix's determinant.
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(factor[i * (i + 1) / 2 + i]);
        }
        return 2 * sum;
    }

    /// `L⁻¹` as a lower triangle, row by row, n (n + 1) / 2 values.
    public double[] inverseTriangle() {
        double[] inverse = new double[factor.length];
        for (int j = 0; j < n; j++) {
            inverse[at(j, j)] = 1 / factor[at(j, j)];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int m = j; m < i; m++) {
                    sum -= factor[at(i, m)] * inverse[at(m, j)];
                }
                inverse[at(i, j)] = sum / factor[at(i, i)];
            }
        }
        return inverse;
    }

    private static int at(int row, int column) {
        return row * (row + 1) / 2 + column;
    }
}
