package weft.core.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// `|T x|²` for a lower-triangular matrix, on the Vector API.
///
/// The matrix is laid out by columns, each filled up to whole vectors with zeros: the sums for many rows grow side by
/// side, and lanes are added up once.
public final class Triangles {
    static final VectorSpecies<Double> DOUBLES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    private static final int LANES = DOUBLES.length();

    private static final VectorShuffle<Double> BY_4 = shift(4);
    private static final VectorShuffle<Double> BY_2 = shift(2);
    private static final VectorShuffle<Double> BY_1 = shift(1);

    private Triangles() {}

    private static VectorShuffle<Double> shift(int lanes) {
        return VectorShuffle.fromOp(DOUBLES, lane -> (lane + lanes) % LANES);
    }

    /// A packed n x n triangle, row by row, as columns of doubles, into `columns` of [#doublesLength].
    public static void doubleColumns(double[] triangle, int n, double[] columns) {
        int stride = columns.length / n;
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                columns[j * stride + i] = triangle[at++];
            }
        }
    }

    /// Of an n x n triangle.
    public static int doublesLength(int n) {
        return n * Math.ceilDiv(n, LANES) * LANES;
    }

    /// `|T x|²` for what [#doubleColumns] gave, and `n` values.
    public static double squaredNorm(double[] columns, double[] x, int n) {
        int stride = columns.length / n;
        DoubleVector norm = DoubleVector.zero(DOUBLES);
        for (int row = 0; row < stride; row += LANES) {
            DoubleVector s0 = DoubleVector.zero(DOUBLES);
            DoubleVector s1 = s0;
            DoubleVector s2 = s0;
            DoubleVector s3 = s0;
            int at = row;
            // Columns to the right of a block's rows are above the diagonal.
            int end = Math.min(n, row + LANES);
            int j = 0;
            // Four columns at once: each of the sums waits for its own last one only.
            for (; j + 3 < end; j += 4) {
                s0 = term(columns, at, x[j], s0);
                s1 = term(columns, at + stride, x[j + 1], s1);
                s2 = term(columns, at + 2 * stride, x[j + 2], s2);
                s3 = term(columns, at + 3 * stride, x[j + 3], s3);
                at += 4 * stride;
            }
            for (; j < end; j++) {
                s0 = term(columns, at, x[j], s0);
                at += stride;
            }
            DoubleVector products = s0.add(s1).add(s2.add(s3));
            norm = products.fma(products, norm);
        }
        return sum(norm);
    }

    private static DoubleVector term(double[] columns, int at, double x, DoubleVector sum) {
        return DoubleVector.broadcast(DOUBLES, x).fma(DoubleVector.fromArray(DOUBLES, columns, at), sum);
    }

    /// `y += a x` over `n` values.
    public static void axpy(double a, double[] x, double[] y, int yOffset, int n) {
        int bound = DOUBLES.loopBound(n);
        int i = 0;
        for (; i < bound; i += LANES) {
            DoubleVector.fromArray(DOUBLES, x, i)
                    .fma(DoubleVector.broadcast(DOUBLES, a), DoubleVector.fromArray(DOUBLES, y, yOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = Math.fma(a, x[i], y[yOffset + i]);
        }
    }

    /// Always in the same order, unlike the API's own reduction.
    private static double sum(DoubleVector v) {
        DoubleVector folded = v;
        if (LANES > 4) {
            folded = folded.add(folded.rearrange(BY_4));
        }
        if (LANES > 2) {
            folded = folded.add(folded.rearrange(BY_2));
        }
        return folded.add(folded.rearrange(BY_1)).lane(0);
    }
}
