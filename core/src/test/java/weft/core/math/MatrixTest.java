package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MatrixTest {
    @Test
    void standsRowByRow() {
        Matrix matrix = Matrix.of(2, 3, new float[] {1, 2, 3, 4, 5, 6});

        assertThat(matrix.rows()).isEqualTo(2);
        assertThat(matrix.columns()).isEqualTo(3);
        assertThat(matrix.get(1, 0)).isEqualTo(4);
        assertThat(matrix.row(1)).containsExactly(4, 5, 6);
    }

    @Test
    void copiesAtTheDoorBothWays() {
        float[] values = {1, 2};
        Matrix matrix = Matrix.of(1, 2, values);

        values[0] = 9;
        matrix.toArray()[0] = 9;
        matrix.row(0)[0] = 9;

        assertThat(matrix.toArray()).containsExactly(1, 2);
    }

    @Test
    void isEqualByShapeAndValues() {
        Matrix matrix = Matrix.of(1, 2, new float[] {1, 2});

        assertThat(matrix).isEqualTo(Matrix.of(1, 2, new float[] {1, 2})).hasToString("Matrix[1 x 2]");
        assertThat(matrix).hasSameHashCodeAs(Matrix.of(1, 2, new float[] {1, 2}));
        assertThat(matrix).isNotEqualTo(Matrix.of(2, 1, new float[] {1, 2}));
        assertThat(matrix).isNotEqualTo(Matrix.of(1, 2, new float[] {1, 3}));
    }

    @Test
    void refusesSizesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matrix.of(0, 3, new float[0]))
                .withMessage("a matrix needs rows and columns, not 0 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matrix.of(2, 2, new float[3]))
                .withMessage("a 2 x 2 matrix does not have 3 values");
        // 2^16 * 2^16 is 0 for an int.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matrix.of(1 << 16, 1 << 16, new float[0]))
                .withMessage("a 65536 x 65536 matrix does not have 0 values");
    }

    @Test
    void refusesWhatIsNotFinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matrix.of(1, 2, new float[] {0, Float.NaN}))
                .withMessage("matrix value 1 is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matrix.of(1, 2, new float[] {Float.NEGATIVE_INFINITY, 0}))
                .withMessage("matrix value 0 is -Infinity");
    }
}
