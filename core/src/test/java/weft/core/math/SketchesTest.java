package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchesTest {
    @Test
    void aGroupBecomesItsMeanAndTheLengthOfTheRest() {
        float[] x = {9, 1, 2, 3, 4, 5, 6, 7, 8, 10, 14};
        float[] sketch = new float[Sketches.size(10)];
        Sketches.of(x, 1, 10, sketch, 0);
        // 1 to 8: mean 4.5, squared deviations 42; 10 and 14: mean 12, deviations 2 and 2.
        assertThat(sketch).hasSize(4);
        assertThat(sketch[0]).isCloseTo((float) (4.5 * Math.sqrt(8)), within(1e-5f));
        assertThat(sketch[1]).isCloseTo((float) (12 * Math.sqrt(2)), within(1e-5f));
        assertThat(sketch[2]).isCloseTo((float) Math.sqrt(42), within(1e-5f));
        assertThat(sketch[3]).isCloseTo((float) Math.sqrt(8), within(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 130, 784})
    void lieNoFartherApartThanTheVectorsAndHaveTheirLength(int d) {
        Random random = new Random(d);
        int toldApart = 0;
        for (float noise : new float[] {0, .2f, 3}) {
            float[] x = Waves.rows(50, d, 0, noise, random);
            Sketches sketches = new Sketches(x, 50, d);
            int size = Sketches.size(d);
            for (int i = 0; i < 50; i++) {
                assertThat(sketches.squaredNorms[i])
                        .isCloseTo(Kernels.dot(x, i * d, x, i * d, d), within(1e-4f * d * (1 + noise * noise)));
                for (int j = 0; j < 50; j++) {
                    float sketched =
                            Kernels.squaredDistance(sketches.values, i * size, sketches.values, j * size, size);
                    float full = Kernels.squaredDistance(x, i * d, x, j * d, d);
                    assertThat(sketched).isLessThanOrEqualTo(full * 1.00001f + 1e-5f * sketches.squaredNorms[i]);
                    if (noise == .2f && d == 784 && i != j && full > 200) {
                        assertThat(sketched).as("waves are told apart").isGreaterThan(.7f * full);
                        toldApart++;
                    }
                }
            }
        }
        assertThat(toldApart > 1_000).isEqualTo(d == 784);
    }
}
