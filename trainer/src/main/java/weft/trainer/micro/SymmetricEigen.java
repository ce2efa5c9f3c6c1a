package weft.trainer.micro;

import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;

/// The largest eigenvalues of a symmetric matrix and their eigenvectors, by LAPACK's `ssyevr` on one thread (Dhillon,
/// Parlett and Vömel 2006).
final class SymmetricEigen {
    private final float[] values;
    private final float[] vectors;

    private SymmetricEigen(float[] values, float[] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /// The eigenvalues, smallest first.
    float[] values() {
        return values;
    }

    /// The eigenvectors, n x count, one in each column.
    float[] vectors() {
        return vectors;
    }

    /// Decomposes; the matrix, n x n, is overwritten.
    ///
    /// @throws IllegalStateException where LAPACK does not converge, as with numbers that are not finite
    static SymmetricEigen largest(float[] matrix, int n, int count) {
        openblas.blas_set_num_threads(1);
        float[] values = new float[n];
        float[] vectors = new float[n * count];
        int found = openblas.LAPACKE_ssyevr(
                openblas.LAPACK_ROW_MAJOR,
                (byte) 'V',
                (byte) 'I',
                (byte) 'L',
                n,
                matrix,
                n,
                0f,
                0f,
                n - count + 1,
                n,
                0f,
                new int[1],
                values,
                vectors,
                count,
                new int[2 * n]);
        if (found != 0) {
            throw new IllegalStateException("LAPACK's ssyevr says " + found);
        }
        return new SymmetricEigen(Arrays.copyOf(values, count), vectors);
    }
}
