package weft.core.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// `|T x|²` for a lower-triangular matrix of doubles and many `x`, on the Vector API.
public final class Triangles {
    static final VectorSpecies<Double> DOUBLES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    /// As many `x` go together.
    public static final int LANES = DOUBLES.length();

    private Triangles() {}

    /// `|T x|²` for [#LANES] `x` of `n` values at once, a lane each: no sums over lanes.
    ///
    /// @param triangle row by row
    /// @param x the values of all of them, one after the other
    /// @param norms takes them from `to` on
    public static void squaredNorms(double[] triangle, double[] x, int n, double[] norms, int to) {
        DoubleVector norm = DoubleVector.zero(DOUBLES);
        int i = 0;
        int at = 0;
        // Four rows side by side: each value of x is loaded once for them, and no sum waits for its last one only.
        for (; i + 3 < n; i += 4) {
            int r1 = at + i + 1;
            int r2 = r1 + i + 2;
            int r3 = r2 + i + 3;
            DoubleVector s0 = DoubleVector.zero(DOUBLES);
            DoubleVector s1 = s0;
            DoubleVector s2 = s0;
            DoubleVector s3 = s0;
            for (int j = 0; j <= i; j++) {
                DoubleVector v = DoubleVector.fromArray(DOUBLES, x, j * LANES);
                s0 = term(triangle[at + j], v, s0);
                s1 = term(triangle[r1 + j], v, s1);
                s2 = term(triangle[r2 + j], v, s2);
                s3 = term(triangle[r3 + j], v, s3);
            }
            DoubleVector v1 = DoubleVector.fromArray(DOUBLES, x, (i + 1) * LANES);
            DoubleVector v2 = DoubleVector.fromArray(DOUBLES, x, (i + 2) * LANES);
            s1 = term(triangle[r1 + i + 1], v1, s1);
            s2 = term(triangle[r2 + i + 2], v2, term(triangle[r2 + i + 1], v1, s2));
            s3 = term(triangle[r3 + i + 2], v2, term(triangle[r3 + i + 1], v1, s3));
            s3 = term(triangle[r3 + i + 3], DoubleVector.fromArray(DOUBLES, x, (i + 3) * LANES), s3);
            norm = s0.fma(s0, s1.fma(s1, s2.fma(s2, s3.fma(s3, norm))));
            at = r3 + i + 4;
        }
        for (; i < n; i++) {
            DoubleVector sum = DoubleVector.zero(DOUBLES);
            for (int j = 0; j <= i; j++) {
                sum = term(triangle[at + j], DoubleVector.fromArray(DOUBLES, x, j * LANES), sum);
            }
            norm = sum.fma(sum, norm);
            at += i + 1;
        }
        norm.intoArray(norms, to);
    }

    private static DoubleVector term(double factor, DoubleVector x, DoubleVector sum) {
        return x.fma(DoubleVector.broadcast(DOUBLES, factor), sum);
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
}
