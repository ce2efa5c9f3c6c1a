package weft.core.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// A matrix that is laid out by columns, so that `W x + b` of one `x` needs no sum over lanes: faster than by rows
/// where there are few of them. The Vector API's.
public final class Columns {
    private static final VectorSpecies<Float> SPECIES = Kernels.SPECIES;
    private static final int LANES = Kernels.LANES;
    private static final int BLOCK = 2 * LANES;

    private final int rows;
    private final int columns;
    private final int stride;

    /// For each block of rows one column after the other, so that they are read as they lie.
    private final float[] values;
    private final float[] bias;

    /// @param bias one value for each row, copied
    public Columns(Matrix matrix, float[] bias) {
        rows = matrix.rows();
        columns = matrix.columns();
        stride = Math.ceilDiv(rows, BLOCK) * BLOCK;
        values = new float[columns * stride];
        float[] byRows = matrix.values();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[(i / BLOCK * columns + j) * BLOCK + i % BLOCK] = byRows[i * columns + j];
            }
        }
        this.bias = new float[stride];
        System.arraycopy(bias, 0, this.bias, 0, rows);
    }

    /// What [#apply] writes: the rows, filled up with zeros.
    public int length() {
        return stride;
    }

    /// `y = W x + b`, in the first values of `y`.
    ///
    /// @param x from `xOffset` on
    /// @param y of [#length]
    public void apply(float[] x, int xOffset, float[] y) {
        for (int row = 0; row < stride; row += BLOCK) {
            FloatVector s0 = FloatVector.fromArray(SPECIES, bias, row);
            FloatVector s1 = FloatVector.fromArray(SPECIES, bias, row + LANES);
            FloatVector t0 = FloatVector.zero(SPECIES);
            FloatVector t1 = t0;
            FloatVector u0 = t0;
            FloatVector u1 = t0;
            FloatVector v0 = t0;
            FloatVector v1 = t0;
            int at = row * columns;
            int j = 0;
            // Four columns at once: each of the eight sums waits for its own last one only.
            for (; j + 3 < columns; j += 4) {
                FloatVector x0 = FloatVector.broadcast(SPECIES, x[xOffset + j]);
                FloatVector x1 = FloatVector.broadcast(SPECIES, x[xOffset + j + 1]);
                FloatVector x2 = FloatVector.broadcast(SPECIES, x[xOffset + j + 2]);
                FloatVector x3 = FloatVector.broadcast(SPECIES, x[xOffset + j + 3]);
                s0 = x0.fma(FloatVector.fromArray(SPECIES, values, at), s0);
                s1 = x0.fma(FloatVector.fromArray(SPECIES, values, at + LANES), s1);
                t0 = x1.fma(FloatVector.fromArray(SPECIES, values, at + BLOCK), t0);
                t1 = x1.fma(FloatVector.fromArray(SPECIES, values, at + BLOCK + LANES), t1);
                u0 = x2.fma(FloatVector.fromArray(SPECIES, values, at + 2 * BLOCK), u0);
                u1 = x2.fma(FloatVector.fromArray(SPECIES, values, at + 2 * BLOCK + LANES), u1);
                v0 = x3.fma(FloatVector.fromArray(SPECIES, values, at + 3 * BLOCK), v0);
                v1 = x3.fma(FloatVector.fromArray(SPECIES, values, at + 3 * BLOCK + LANES), v1);
                at += 4 * BLOCK;
            }
            for (; j < columns; j++) {
                FloatVector one = FloatVector.broadcast(SPECIES, x[xOffset + j]);
                s0 = one.fma(FloatVector.fromArray(SPECIES, values, at), s0);
                s1 = one.fma(FloatVector.fromArray(SPECIES, values, at + LANES), s1);
                at += BLOCK;
            }
            s0.add(t0).add(u0.add(v0)).intoArray(y, row);
            s1.add(t1).add(u1.add(v1)).intoArray(y, row + LANES);
        }
    }
}
