package weft.trainer.outlier;

import java.util.SplittableRandom;
import weft.core.math.Gemm;
import weft.core.math.Kernels;

/// The axes of the largest variance, by orthogonal iteration (Golub and Van Loan, Matrix Computations, 8.2.4): nearly
/// the principal ones, which is all that is needed here.
final class Subspace {
    private static final int ROUNDS = 8;

    private Subspace() {}

    /// Orthonormal axes of a symmetric matrix, as rows; zeros where it has fewer.
    ///
    /// @param matrix d x d
    static float[] of(float[] matrix, int d, int axes, SplittableRandom random) {
        float[] rows = new float[axes * d];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        float[] next = new float[axes * d];
        for (int round = 0; round < ROUNDS; round++) {
            // The matrix is symmetric, so its rows are its columns.
            Gemm.dots(rows, 0, axes, matrix, 0, d, d, next);
            orthonormalise(next, d, axes);
            float[] spare = rows;
            rows = next;
            next = spare;
        }
        return rows;
    }

    /// Gram and Schmidt's way, twice, which is enough.
    private static void orthonormalise(float[] rows, int d, int axes) {
        for (int a = 0; a < axes; a++) {
            float before = Kernels.dot(rows, a * d, rows, a * d, d);
            for (int pass = 0; pass < 2; pass++) {
                for (int b = 0; b < a; b++) {
                    Kernels.axpy(-Kernels.dot(rows, a * d, rows, b * d, d), rows, b * d, rows, a * d, d);
                }
            }
            float after = Kernels.dot(rows, a * d, rows, a * d, d);
            float scale = after > 1e-10f * before ? (float) (1 / Math.sqrt(after)) : 0;
            for (int j = a * d; j < (a + 1) * d; j++) {
                rows[j] *= scale;
            }
        }
    }
}
