package weft.core.math;

import java.util.Arrays;

/// Minimum-cost one-to-one assignment by shortest augmenting paths with potentials (Kuhn 1955; Jonker and
/// Volgenant 1987), O(n² m).
public final class Hungarian {
    private static final int NONE = -1;

    private Hungarian() {}

    /// The column of each row; -1 where there are more rows than columns and the row is left over.
    ///
    /// @throws IllegalArgumentException where the matrix is empty, ragged or not finite
    public static int[] minimise(double[][] cost) {
        int rows = cost.length;
        if (rows == 0 || cost[0].length == 0) {
            throw new IllegalArgumentException("an assignment needs rows and columns");
        }
        int columns = cost[0].length;
        for (double[] row : cost) {
            if (row.length != columns) {
                throw new IllegalArgumentException("rows of " + columns + " and of " + row.length + " columns");
            }
            Finite.check(row, "cost");
        }
        if (rows <= columns) {
            return wide(cost);
        }
        int[] rowOfColumn = wide(transposed(cost));
        int[] columnOfRow = new int[rows];
        Arrays.fill(columnOfRow, NONE);
        for (int column = 0; column < columns; column++) {
            columnOfRow[rowOfColumn[column]] = column;
        }
        return columnOfRow;
    }

    /// The same for the largest sum.
    public static int[] maximise(double[][] gain) {
        double[][] cost = new double[gain.length][];
        for (int row = 0; row < gain.length; row++) {
            cost[row] = Arrays.stream(gain[row]).map(value -> -value).toArray();
        }
        return minimise(cost);
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] turned = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < turned.length; column++) {
                turned[column][row] = matrix[row][column];
            }
        }
        return turned;
    }

    private static int[] wide(double[][] cost) {
        int rows = cost.length;
        int columns = cost[0].length;
        double[] rowPotential = new double[rows];
        double[] columnPotential = new double[columns];
        int[] rowOfColumn = new int[columns];
        Arrays.fill(rowOfColumn, NONE);
        for (int start = 0; start < rows; start++) {
            augment(cost, start, rowPotential, columnPotential, rowOfColumn);
        }
        int[] columnOfRow = new int[rows];
        for (int column = 0; column < columns; column++) {
            if (rowOfColumn[column] != NONE) {
                columnOfRow[rowOfColumn[column]] = column;
            }
        }
        return columnOfRow;
    }

    /// Grows a tree of alternating paths from an unassigned row until it reaches a free column, then flips
    /// the path.
    private static void augment(
            double[][] cost, int start, double[] rowPotential, double[] columnPotential, int[] rowOfColumn) {
        int columns = columnPotential.length;
        double[] slack = new double[columns];
        int[] previous = new int[columns];
        boolean[] visited = new boolean[columns];
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        Arrays.fill(previous, NONE);
        int row = start;
        int column = NONE;
        while (true) {
            double delta = Double.POSITIVE_INFINITY;
            int next = NONE;
            for (int c = 0; c < columns; c++) {
                if (visited[c]) {
                    continue;
                }
                double reduced = cost[row][c] - rowPotential[row] - columnPotential[c];
                if (reduced < slack[c]) {
                    slack[c] = reduced;
                    previous[c] = column;
                }
                if (slack[c] < delta) {
                    delta = slack[c];
                    next = c;
                }
            }
            rowPotential[start] += delta;
            for (int c = 0; c < columns; c++) {
                if (visited[c]) {
                    rowPotential[rowOfColumn[c]] += delta;
                    columnPotential[c] -= delta;
                } else {
                    slack[c] -= delta;
                }
            }
            visited[next] = true;
            column = next;
            if (rowOfColumn[column] == NONE) {
                break;
            }
            row = rowOfColumn[column];
        }
        while (column != NONE) {
            int before = previous[column];
            rowOfColumn[column] = before == NONE ? start : rowOfColumn[before];
            column = before;
        }
    }
}
