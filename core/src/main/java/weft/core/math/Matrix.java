package weft.core.math;

import java.util.Arrays;

/// An immutable dense matrix of floats, row by row.
public final class Matrix {
    private final int rows;
    private final int columns;
    private final float[] values;

    private Matrix(int rows, int columns, float[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /// Copies `rows * columns` values.
    ///
    /// @throws IllegalArgumentException where the sizes do not fit or a value is not finite
    public static Matrix of(int rows, int columns, float[] values) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a matrix needs rows and columns, not " + rows + " x " + columns);
        }
        if ((long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "a " + rows + " x " + columns + " matrix does not have " + values.length + " values");
        }
        Finite.check(values, "matrix");
        return new Matrix(rows, columns, values.clone());
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public float get(int row, int column) {
        return values[row * columns + column];
    }

    /// A fresh copy of all values, row by row.
    public float[] toArray() {
        return values.clone();
    }

    /// A fresh copy of one row.
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    /// The values themselves, for the kernels of this package: never written, never given away.
    float[] values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix that
                && rows == that.rows
                && columns == that.columns
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + columns) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Matrix[" + rows + " x " + columns + "]";
    }
}
