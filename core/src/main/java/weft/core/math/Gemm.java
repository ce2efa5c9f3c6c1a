package weft.core.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products of matrices that stand in arrays row by row, on the Vector API.
///
/// Both work on tiles of four rows. The last tile of an edge overlaps the one before it, or names its last row
/// several times, so there is one loop for every size. An element's bits depend on its own row and column alone, not
/// on how many others there are.
public final class Gemm {
    private static final VectorSpecies<Float> SPECIES = Kernels.SPECIES;
    private static final int LANES = Kernels.LANES;

    private Gemm() {}

    /// `C = A Bᵀ` for the rows of a matrix.
    ///
    /// @param a m x columns of `b`
    /// @param c m x rows of `b`
    public static void dots(float[] a, int m, Matrix b, float[] c) {
        dots(a, 0, m, b.values(), 0, b.rows(), b.columns(), c);
    }

    /// `C = A Bᵀ`: for the rows of two matrices all dot products, as [Kernels#affine] adds them up.
    ///
    /// @param a m x k, from `aOffset` on
    /// @param b n x k, from `bOffset` on
    /// @param c m x n
    public static void dots(float[] a, int aOffset, int m, float[] b, int bOffset, int n, int k, float[] c) {
        float[] lanes = new float[LaneSums.BUFFER];
        float[] sums = new float[8];
        int bound = SPECIES.loopBound(k);
        for (int i = 0; i < m; i += 4) {
            int i1 = Math.min(i + 1, m - 1);
            int i2 = Math.min(i + 2, m - 1);
            int i3 = Math.min(i + 3, m - 1);
            int a0 = aOffset + i * k;
            int a1 = aOffset + i1 * k;
            int a2 = aOffset + i2 * k;
            int a3 = aOffset + i3 * k;
            for (int j = 0; j < n; j += 2) {
                int j1 = Math.min(j + 1, n - 1);
                int b0 = bOffset + j * k;
                int b1 = bOffset + j1 * k;
                FloatVector s00 = FloatVector.zero(SPECIES);
                FloatVector s01 = s00;
                FloatVector s10 = s00;
                FloatVector s11 = s00;
                FloatVector s20 = s00;
                FloatVector s21 = s00;
                FloatVector s30 = s00;
                FloatVector s31 = s00;
                for (int p = 0; p < bound; p += LANES) {
                    FloatVector y0 = FloatVector.fromArray(SPECIES, b, b0 + p);
                    FloatVector y1 = FloatVector.fromArray(SPECIES, b, b1 + p);
                    FloatVector x = FloatVector.fromArray(SPECIES, a, a0 + p);
                    s00 = x.fma(y0, s00);
                    s01 = x.fma(y1, s01);
                    x = FloatVector.fromArray(SPECIES, a, a1 + p);
                    s10 = x.fma(y0, s10);
                    s11 = x.fma(y1, s11);
                    x = FloatVector.fromArray(SPECIES, a, a2 + p);
                    s20 = x.fma(y0, s20);
                    s21 = x.fma(y1, s21);
                    x = FloatVector.fromArray(SPECIES, a, a3 + p);
                    s30 = x.fma(y0, s30);
                    s31 = x.fma(y1, s31);
                }
                LaneSums.sums(s00, s01, s10, s11, s20, s21, s30, s31, lanes, sums);
                c[i * n + j] = sums[0];
                c[i * n + j1] = sums[1];
                c[i1 * n + j] = sums[2];
                c[i1 * n + j1] = sums[3];
                c[i2 * n + j] = sums[4];
                c[i2 * n + j1] = sums[5];
                c[i3 * n + j] = sums[6];
                c[i3 * n + j1] = sums[7];
            }
        }
        if (bound < k) {
            addRest(a, aOffset, m, b, bOffset, n, k, bound, c);
        }
    }

    /// Adds what lies behind the last whole vector.
    private static void addRest(
            float[] a, int aOffset, int m, float[] b, int bOffset, int n, int k, int from, float[] c) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = c[i * n + j];
                for (int p = from; p < k; p++) {
                    sum = Math.fma(a[aOffset + i * k + p], b[bOffset + j * k + p], sum);
                }
                c[i * n + j] = sum;
            }
        }
    }

    /// `C = A B`.
    ///
    /// @param a m x k, from `aOffset` on
    /// @param b k x n, from `bOffset` on
    /// @param c m x n
    public static void product(float[] a, int aOffset, int m, float[] b, int bOffset, int n, int k, float[] c) {
        outer(a, aOffset, k, 1, m, b, bOffset, n, k, c, 0);
    }

    /// `C = Aᵀ B`.
    ///
    /// @param a k x m
    /// @param b k x n
    /// @param c m x n, from `cOffset` on
    public static void transposedProduct(float[] a, int m, float[] b, int n, int k, float[] c, int cOffset) {
        outer(a, 0, 1, m, m, b, 0, n, k, c, cOffset);
    }

    /// `C[i, j] = Σ_p A[i, p] B[p, j]`, where `A[i, p]` stands at `aOffset + i * rowStep + p * columnStep`.
    private static void outer(
            float[] a,
            int aOffset,
            int rowStep,
            int columnStep,
            int m,
            float[] b,
            int bOffset,
            int n,
            int k,
            float[] c,
            int cOffset) {
        if (n < LANES) {
            narrow(a, aOffset, rowStep, columnStep, m, b, bOffset, n, k, c, cOffset);
            return;
        }
        int last = n - LANES;
        int whole = n / (2 * LANES) * 2 * LANES;
        // What is left is the work of two vectors, or of one.
        int paired = n - whole > LANES ? n : whole;
        for (int j = 0; j < paired; j += 2 * LANES) {
            int j0 = Math.min(j, last);
            int j1 = Math.min(j + LANES, last);
            for (int i = 0; i < m; i += 4) {
                int i1 = Math.min(i + 1, m - 1);
                int i2 = Math.min(i + 2, m - 1);
                int i3 = Math.min(i + 3, m - 1);
                int a0 = aOffset + i * rowStep;
                int a1 = aOffset + i1 * rowStep;
                int a2 = aOffset + i2 * rowStep;
                int a3 = aOffset + i3 * rowStep;
                FloatVector s00 = FloatVector.zero(SPECIES);
                FloatVector s01 = s00;
                FloatVector s10 = s00;
                FloatVector s11 = s00;
                FloatVector s20 = s00;
                FloatVector s21 = s00;
                FloatVector s30 = s00;
                FloatVector s31 = s00;
                int at = 0;
                int row = bOffset;
                for (int p = 0; p < k; p++) {
                    FloatVector y0 = FloatVector.fromArray(SPECIES, b, row + j0);
                    FloatVector y1 = FloatVector.fromArray(SPECIES, b, row + j1);
                    FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + at]);
                    s00 = x.fma(y0, s00);
                    s01 = x.fma(y1, s01);
                    x = FloatVector.broadcast(SPECIES, a[a1 + at]);
                    s10 = x.fma(y0, s10);
                    s11 = x.fma(y1, s11);
                    x = FloatVector.broadcast(SPECIES, a[a2 + at]);
                    s20 = x.fma(y0, s20);
                    s21 = x.fma(y1, s21);
                    x = FloatVector.broadcast(SPECIES, a[a3 + at]);
                    s30 = x.fma(y0, s30);
                    s31 = x.fma(y1, s31);
                    at += columnStep;
                    row += n;
                }
                s00.intoArray(c, cOffset + i * n + j0);
                s01.intoArray(c, cOffset + i * n + j1);
                s10.intoArray(c, cOffset + i1 * n + j0);
                s11.intoArray(c, cOffset + i1 * n + j1);
                s20.intoArray(c, cOffset + i2 * n + j0);
                s21.intoArray(c, cOffset + i2 * n + j1);
                s30.intoArray(c, cOffset + i3 * n + j0);
                s31.intoArray(c, cOffset + i3 * n + j1);
            }
        }
        if (paired < n) {
            oneVector(a, aOffset, rowStep, columnStep, m, b, bOffset + last, n, k, c, cOffset + last);
        }
    }

    /// The same for the columns of one vector.
    private static void oneVector(
            float[] a,
            int aOffset,
            int rowStep,
            int columnStep,
            int m,
            float[] b,
            int bOffset,
            int n,
            int k,
            float[] c,
            int cOffset) {
        for (int i = 0; i < m; i += 8) {
            int i1 = Math.min(i + 1, m - 1);
            int i2 = Math.min(i + 2, m - 1);
            int i3 = Math.min(i + 3, m - 1);
            int i4 = Math.min(i + 4, m - 1);
            int i5 = Math.min(i + 5, m - 1);
            int i6 = Math.min(i + 6, m - 1);
            int i7 = Math.min(i + 7, m - 1);
            int a0 = aOffset + i * rowStep;
            int a1 = aOffset + i1 * rowStep;
            int a2 = aOffset + i2 * rowStep;
            int a3 = aOffset + i3 * rowStep;
            int a4 = aOffset + i4 * rowStep;
            int a5 = aOffset + i5 * rowStep;
            int a6 = aOffset + i6 * rowStep;
            int a7 = aOffset + i7 * rowStep;
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            int at = 0;
            int row = bOffset;
            for (int p = 0; p < k; p++) {
                FloatVector y = FloatVector.fromArray(SPECIES, b, row);
                s0 = FloatVector.broadcast(SPECIES, a[a0 + at]).fma(y, s0);
                s1 = FloatVector.broadcast(SPECIES, a[a1 + at]).fma(y, s1);
                s2 = FloatVector.broadcast(SPECIES, a[a2 + at]).fma(y, s2);
                s3 = FloatVector.broadcast(SPECIES, a[a3 + at]).fma(y, s3);
                s4 = FloatVector.broadcast(SPECIES, a[a4 + at]).fma(y, s4);
                s5 = FloatVector.broadcast(SPECIES, a[a5 + at]).fma(y, s5);
                s6 = FloatVector.broadcast(SPECIES, a[a6 + at]).fma(y, s6);
                s7 = FloatVector.broadcast(SPECIES, a[a7 + at]).fma(y, s7);
                at += columnStep;
                row += n;
            }
            s0.intoArray(c, cOffset + i * n);
            s1.intoArray(c, cOffset + i1 * n);
            s2.intoArray(c, cOffset + i2 * n);
            s3.intoArray(c, cOffset + i3 * n);
            s4.intoArray(c, cOffset + i4 * n);
            s5.intoArray(c, cOffset + i5 * n);
            s6.intoArray(c, cOffset + i6 * n);
            s7.intoArray(c, cOffset + i7 * n);
        }
    }

    /// The same for fewer columns than a vector has lanes.
    private static void narrow(
            float[] a,
            int aOffset,
            int rowStep,
            int columnStep,
            int m,
            float[] b,
            int bOffset,
            int n,
            int k,
            float[] c,
            int cOffset) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum = Math.fma(a[aOffset + i * rowStep + p * columnStep], b[bOffset + p * n + j], sum);
                }
                c[cOffset + i * n + j] = sum;
            }
        }
    }

    /// The rows of a matrix as columns, filled up with zeros to a stride of `n` columns.
    ///
    /// @param a from `aOffset` on, m x k
    /// @param n at least m
    /// @param t k x n
    public static void transpose(float[] a, int aOffset, int m, int k, int n, float[] t) {
        for (int i = 0; i < m; i += 8) {
            int rows = Math.min(8, m - i);
            for (int p = 0; p < k; p++) {
                for (int q = 0; q < rows; q++) {
                    t[p * n + i + q] = a[aOffset + (i + q) * k + p];
                }
            }
        }
    }
}
