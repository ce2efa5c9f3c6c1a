package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Maps keep their direction.
class AlignmentTest {
    private static final double[][] SHAPE = {{1, 0.2}, {-0.4, 0.9}, {-0.6, -0.7}, {0.1, -0.4}};

    @ParameterizedTest
    @CsvSource({"0, false", "0.7, false", "3.1, true", "-2, true"})
    void aTurnedOrMirroredMapIsTurnedBack(double angle, boolean mirrored) {
        List<Alignment.Pair> pairs = new ArrayList<>();
        for (double[] place : SHAPE) {
            double y = mirrored ? -place[1] : place[1];
            pairs.add(new Alignment.Pair(
                    Math.cos(angle) * place[0] - Math.sin(angle) * y,
                    Math.sin(angle) * place[0] + Math.cos(angle) * y,
                    place[0],
                    place[1]));
        }
        Alignment alignment = Alignment.of(pairs);
        for (Alignment.Pair pair : pairs) {
            assertThat(alignment.x(pair.x(), pair.y())).isCloseTo(pair.toX(), within(1e-9));
            assertThat(alignment.y(pair.x(), pair.y())).isCloseTo(pair.toY(), within(1e-9));
        }
    }
}
