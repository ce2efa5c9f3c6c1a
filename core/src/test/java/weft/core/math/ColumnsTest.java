package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// On whole numbers, of which every sum is exact, against plain loops.
class ColumnsTest {
    private final Random random = new Random(3);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "16, 4", "17, 5", "32, 196", "33, 7", "64, 31", "65, 250"})
    void applyIsTheProductPlusTheBias(int rows, int columns) {
        float[] matrix = wholes(rows * columns);
        float[] bias = wholes(rows);
        float[] x = wholes(columns + 3);
        Columns laidOut = new Columns(Matrix.of(rows, columns, matrix), bias);
        float[] y = wholes(laidOut.length());

        laidOut.apply(x, 3, y);

        for (int i = 0; i < laidOut.length(); i++) {
            float expected = i < rows ? bias[i] : 0;
            for (int j = 0; j < columns && i < rows; j++) {
                expected += matrix[i * columns + j] * x[3 + j];
            }
            assertThat(y[i]).as("row %d", i).isEqualTo(expected);
        }
    }

    private float[] wholes(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextInt(9) - 4;
        }
        return values;
    }
}
