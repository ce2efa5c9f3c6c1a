package weft.trainer.cluster;

import java.util.Arrays;
import weft.core.math.Kernels;

/// Rows of codes in one flat buffer that learners work on; mutable, and never kept beyond a call.
public final class Codes {
    private final float[] values;
    private final int dimension;
    private int rows;

    /// An empty block with room for `capacity` rows.
    public Codes(int capacity, int dimension) {
        values = new float[capacity * dimension];
        this.dimension = dimension;
    }

    public int rows() {
        return rows;
    }

    public int dimension() {
        return dimension;
    }

    public int capacity() {
        return values.length / dimension;
    }

    /// The flat buffer, row by row.
    public float[] values() {
        return values;
    }

    /// Where a row starts in [#values].
    public int offset(int row) {
        return row * dimension;
    }

    /// Says how many rows are filled.
    public void rows(int filled) {
        if (filled < 0 || filled > capacity()) {
            throw new IllegalArgumentException(filled + " rows do not fit into " + capacity());
        }
        rows = filled;
    }

    /// Appends the row that starts at `from` in `source`.
    public void add(float[] source, int from) {
        System.arraycopy(source, from, values, offset(rows), dimension);
        rows++;
    }

    /// A copy with every row scaled to length 1.
    public Codes normalised() {
        Codes unit = new Codes(rows, dimension);
        unit.rows(rows);
        for (int i = 0; i < rows; i++) {
            Kernels.normalise(values, offset(i), unit.values, offset(i), dimension);
        }
        return unit;
    }

    /// Whether all rows are the same, bit for bit.
    public boolean uniform() {
        for (int i = 1; i < rows; i++) {
            if (!Arrays.equals(values, 0, dimension, values, offset(i), offset(i) + dimension)) {
                return false;
            }
        }
        return true;
    }

    /// The mean over all dimensions of the variance of each.
    public double meanVariance() {
        double sum = 0;
        for (double variance : variances()) {
            sum += variance;
        }
        return sum / dimension;
    }

    /// The variance of each dimension.
    public double[] variances() {
        double[] mean = means();
        double[] variance = new double[dimension];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < dimension; j++) {
                double d = values[offset(i) + j] - mean[j];
                variance[j] += d * d / rows;
            }
        }
        return variance;
    }

    /// The mean of each dimension.
    public double[] means() {
        double[] mean = new double[dimension];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < dimension; j++) {
                mean[j] += values[offset(i) + j];
            }
        }
        for (int j = 0; j < dimension; j++) {
            mean[j] /= rows;
        }
        return mean;
    }
}
