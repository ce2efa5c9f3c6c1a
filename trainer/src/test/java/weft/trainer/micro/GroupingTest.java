package weft.trainer.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupingTest {
    /// Two rings, one inside the other: k-means cuts them in halves, the graph tells them apart.
    @Test
    void ringsAreToldApart() {
        int n = 120;
        float[] points = new float[n * 2];
        double[] counts = new double[n];
        Random random = new Random(1);
        for (int i = 0; i < n; i++) {
            double radius = i < n / 3 ? 1 : 3;
            double angle = 2 * Math.PI * i / (i < n / 3 ? n / 3. : 2 * n / 3.);
            points[2 * i] = (float) (radius * Math.cos(angle) + random.nextGaussian() / 50);
            points[2 * i + 1] = (float) (radius * Math.sin(angle) + random.nextGaussian() / 50);
            counts[i] = 1 + random.nextInt(9);
        }
        int[] groups = Grouping.of(points, counts, n, 2, 2, new SplittableRandom(1));
        assertThat(Arrays.stream(groups, 0, n / 3).distinct().toArray()).hasSize(1);
        assertThat(Arrays.stream(groups, n / 3, n).distinct().toArray()).hasSize(1);
        assertThat(groups[0]).isNotEqualTo(groups[n - 1]);
    }

    @Test
    void asManyGroupsAsPointsAreOneEach() {
        int[] groups =
                Grouping.of(new float[] {0, 1, 5, 9}, new double[] {1, 2, 3, 4}, 4, 1, 4, new SplittableRandom(1));
        assertThat(groups).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    /// Of 3 points, both others are neighbours; each counts 1 or less in the other's eyes.
    @Test
    void theGraphIsSymmetricAndItsNearestNeighboursCountMost() {
        float[] points = {0, 1, 3};
        float[] weights = NeighbourGraph.weights(points, 3, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(weights[i * 3 + i]).isZero();
            for (int j = 0; j < 3; j++) {
                assertThat(weights[i * 3 + j]).isEqualTo(weights[j * 3 + i]);
            }
        }
        // Three scales, on each of which mutual nearest neighbours count 1.
        assertThat(weights[1]).isCloseTo(3, within(1e-5f));
        assertThat(weights[2]).isLessThan(weights[5]).isPositive();
    }

    @Test
    void eigenvectorsSolveTheirEquation() {
        int n = 9;
        float[] matrix = new float[n * n];
        Random random = new Random(2);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i * n + j] = (float) random.nextGaussian();
                matrix[j * n + i] = matrix[i * n + j];
            }
        }
        SymmetricEigen eigen = SymmetricEigen.largest(matrix.clone(), n, 4);
        assertThat(eigen.values()).hasSize(4).isSorted();
        for (int a = 0; a < 4; a++) {
            for (int i = 0; i < n; i++) {
                float product = 0;
                for (int j = 0; j < n; j++) {
                    product += matrix[i * n + j] * eigen.vectors()[j * 4 + a];
                }
                assertThat(product).isCloseTo(eigen.values()[a] * eigen.vectors()[i * 4 + a], within(1e-4f));
            }
        }
        float trace = 0;
        float sum = 0;
        float[] all = SymmetricEigen.largest(matrix.clone(), n, n).values();
        for (int i = 0; i < n; i++) {
            trace += matrix[i * n + i];
            sum += all[i];
        }
        assertThat(sum).isCloseTo(trace, within(1e-4f));
    }

    @Test
    void whatIsNotFiniteIsNoMatrix() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SymmetricEigen.largest(new float[] {Float.NaN, 0, 0, 1}, 2, 1))
                .withMessageStartingWith("LAPACK's ssyevr says ");
    }
}
