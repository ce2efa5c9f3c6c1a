package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class VectorTest {
    @Test
    void copiesAtTheDoorBothWays() {
        double[] values = {1, 2};
        Vector vector = Vector.of(values);

        values[0] = 9;
        vector.toArray()[1] = 9;

        assertThat(vector.toArray()).containsExactly(1, 2);
        assertThat(vector.size()).isEqualTo(2);
        assertThat(vector.get(1)).isEqualTo(2);
    }

    @Test
    void isEqualByValues() {
        assertThat(Vector.of(1, 2)).isEqualTo(Vector.of(1, 2)).hasSameHashCodeAs(Vector.of(1, 2));
        assertThat(Vector.of(1, 2)).isNotEqualTo(Vector.of(2, 1)).hasToString("Vector[1.0, 2.0]");
    }

    @Test
    void refusesWhatIsNotFinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vector.of(1, Double.POSITIVE_INFINITY))
                .withMessage("vector value 1 is Infinity");
    }
}
