package weft.core.math;

import java.util.Arrays;

/// Histograms of oriented gradients of a plane (Dalal and Triggs 2005): edges by where they are and which way they run.
///
/// Cells of at least 4 x 4 pixels, at most eight of them along a side; in each the lengths of all gradients by eight
/// directions, opposite ones taken as one and each shared between its two nearest; four neighbouring cells make a
/// block, divided by `√(|block|² + .1)`. Borders have no gradient across them. Not for more than one thread.
public final class OrientedGradients {
    /// The least width and height of a plane.
    public static final int LEAST = 8;

    private static final int BINS = 8;
    private static final int BLOCK = 4 * BINS;
    private static final int CELL = 4;
    private static final int MOST_CELLS = 8;
    private static final float EPSILON = .1f;

    private final int width;
    private final int height;
    private final int[] cellOfColumn;
    private final int cellHeight;
    private final int columns;
    private final int rows;
    private final float[] cells;

    /// For planes of one size.
    ///
    /// @throws IllegalArgumentException where a side is under [#LEAST]
    public OrientedGradients(int width, int height) {
        if (width < LEAST || height < LEAST) {
            throw new IllegalArgumentException(
                    "images must be at least " + LEAST + "x" + LEAST + " pixels, not " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
        int cellWidth = Math.max(CELL, Math.ceilDiv(width, MOST_CELLS));
        cellHeight = Math.max(CELL, Math.ceilDiv(height, MOST_CELLS));
        columns = Math.ceilDiv(width, cellWidth);
        rows = Math.ceilDiv(height, cellHeight);
        cellOfColumn = new int[width];
        Arrays.setAll(cellOfColumn, x -> x / cellWidth * BINS);
        cells = new float[columns * rows * BINS];
    }

    /// Values of a description.
    public int size() {
        return (columns - 1) * (rows - 1) * BLOCK;
    }

    /// Describes a plane, row by row, block by block.
    public void describe(float[] plane, float[] description) {
        Arrays.fill(cells, 0);
        for (int y = 0; y < height; y++) {
            int up = y == 0 || y == height - 1 ? 0 : width;
            int row = y / cellHeight * columns * BINS;
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int across = x == 0 || x == width - 1 ? 0 : 1;
                float dx = plane[at + across] - plane[at - across];
                float dy = plane[at + up] - plane[at - up];
                if (dx != 0 || dy != 0) {
                    share(dx, dy, row + cellOfColumn[x]);
                }
            }
        }
        int to = 0;
        for (int row = 0; row < rows - 1; row++) {
            for (int column = 0; column < columns - 1; column++) {
                int from = (row * columns + column) * BINS;
                System.arraycopy(cells, from, description, to, 2 * BINS);
                System.arraycopy(cells, from + columns * BINS, description, to + 2 * BINS, 2 * BINS);
                float scale = 1 / (float) Math.sqrt(Kernels.dot(description, to, description, to, BLOCK) + EPSILON);
                for (int i = to; i < to + BLOCK; i++) {
                    description[i] *= scale;
                }
                to += BLOCK;
            }
        }
    }

    private void share(float dx, float dy, int cell) {
        float length = (float) Math.sqrt(dx * dx + dy * dy);
        float place = direction(dx, dy);
        int bin = (int) place;
        float second = length * (place - bin);
        cells[cell + (bin & BINS - 1)] += length - second;
        cells[cell + (bin + 1 & BINS - 1)] += second;
    }

    /// The angle of a line in eighths of a half turn, 0 to 8; right to 1e-4.
    static float direction(float dx, float dy) {
        float across = Math.abs(dx);
        float up = Math.abs(dy);
        float ratio = Math.min(across, up) / Math.max(across, up);
        float s = ratio * ratio;
        // The arc tangent on 0 to 1 (Hastings 1955), times 8 / π.
        float angle = (float) (BINS / Math.PI)
                * ratio
                * (0.9998660f + s * (-0.3302995f + s * (0.1801410f + s * (-0.0851330f + s * 0.0208351f))));
        float steep = up > across ? BINS / 2f - angle : angle;
        return dx * dy < 0 ? BINS - steep : steep;
    }
}
