package weft.core.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// `|T_g (x − μ_g)|²` of one `x` for many lower-triangular matrices at once, a lane each, on the Vector API: no sums
/// over lanes, and `x` is centred for all in one go. For one thread.
public final class TriangleSet {
    private static final VectorSpecies<Float> SPECIES = Kernels.SPECIES;
    private static final int LANES = Kernels.LANES;

    /// Rows of a triangle that are multiplied side by side.
    private static final int ROWS = 4;

    private final int d;
    private final int padded;
    private final int blocks;

    /// For each block of triangles the mean's values, a vector each.
    private final float[] means;

    /// For each block of triangles and each four rows: for each column up to the last row's, four vectors.
    private final float[] factors;

    private final float[] centred;

    /// @param count of triangles
    /// @param d values of `x`
    /// @param means triangles x d
    /// @param triangles triangles x d (d + 1) / 2, row by row
    public TriangleSet(int count, int d, float[] means, float[] triangles) {
        this.d = d;
        padded = Math.ceilDiv(d, ROWS) * ROWS;
        blocks = Math.ceilDiv(count, LANES);
        centred = new float[padded * LANES];
        this.means = new float[blocks * d * LANES];
        int groups = padded / ROWS;
        factors = new float[blocks * ROWS * LANES * ROWS * groups * (groups + 1) / 2];
        int size = d * (d + 1) / 2;
        for (int one = 0; one < count; one++) {
            for (int j = 0; j < d; j++) {
                this.means[(one / LANES * d + j) * LANES + one % LANES] = means[one * d + j];
            }
            int at = one / LANES * (factors.length / blocks) + one % LANES;
            for (int row = 0; row < padded; row += ROWS) {
                for (int j = 0; j < row + ROWS; j++) {
                    for (int i = row; i < row + ROWS; i++) {
                        factors[at] = i < d && j <= i ? triangles[one * size + i * (i + 1) / 2 + j] : 0;
                        at += LANES;
                    }
                }
            }
        }
    }

    /// What [#squaredNorms] writes: a value for each triangle, and some that mean nothing.
    public int length() {
        return blocks * LANES;
    }

    /// Measures one `x`, whose values begin at `offset`.
    ///
    /// @param norms of [#length]
    public void squaredNorms(float[] x, int offset, float[] norms) {
        int at = 0;
        for (int block = 0; block < blocks; block++) {
            for (int j = 0; j < d; j++) {
                FloatVector.broadcast(SPECIES, x[offset + j])
                        .sub(FloatVector.fromArray(SPECIES, means, (block * d + j) * LANES))
                        .intoArray(centred, j * LANES);
            }
            FloatVector norm = FloatVector.zero(SPECIES);
            for (int row = 0; row < padded; row += ROWS) {
                FloatVector s0 = FloatVector.zero(SPECIES);
                FloatVector s1 = s0;
                FloatVector s2 = s0;
                FloatVector s3 = s0;
                for (int j = 0; j < row + ROWS; j++) {
                    FloatVector c = FloatVector.fromArray(SPECIES, centred, j * LANES);
                    s0 = c.fma(FloatVector.fromArray(SPECIES, factors, at), s0);
                    s1 = c.fma(FloatVector.fromArray(SPECIES, factors, at + LANES), s1);
                    s2 = c.fma(FloatVector.fromArray(SPECIES, factors, at + 2 * LANES), s2);
                    s3 = c.fma(FloatVector.fromArray(SPECIES, factors, at + 3 * LANES), s3);
                    at += ROWS * LANES;
                }
                norm = s0.fma(s0, s1.fma(s1, s2.fma(s2, s3.fma(s3, norm))));
            }
            norm.intoArray(norms, block * LANES);
        }
    }
}
