package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HungarianTest {
    @Test
    void solvesASmallCaseByHand() {
        double[][] cost = {{1, 2, 3}, {2, 4, 6}, {3, 6, 9}};

        // The six sums: 1+4+9 = 14, 1+6+6 = 13, 2+2+9 = 13, 2+6+3 = 11, 3+2+6 = 11, 3+4+3 = 10.
        assertThat(Hungarian.minimise(cost)).containsExactly(2, 1, 0);
        assertThat(Hungarian.maximise(cost)).containsExactly(0, 1, 2);
    }

    @RepeatedTest(30)
    void costsAsLittleAsTheBestPermutation(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int rows = 1; rows <= 6; rows++) {
            for (int columns = 1; columns <= 6; columns++) {
                // Whole numbers from -5 to 5 make many ties.
                double[][] cost = new double[rows][columns];
                for (double[] row : cost) {
                    Arrays.setAll(row, _ -> random.nextInt(11) - 5);
                }
                int[] assigned = Hungarian.minimise(cost);

                assertThat(assigned).hasSize(rows);
                assertThat(Arrays.stream(assigned).filter(column -> column >= 0))
                        .doesNotHaveDuplicates()
                        .hasSize(Math.min(rows, columns));
                assertThat(sum(cost, assigned)).isCloseTo(cheapest(cost), within(1e-12));
            }
        }
    }

    @Test
    void takesHugeAndTinyCosts() {
        double[][] cost = {{1e12, 1e-9}, {2e-9, 1e12}};

        assertThat(Hungarian.minimise(cost)).containsExactly(1, 0);
    }

    @Test
    void leavesTheCostsAsTheyWere() {
        double[][] cost = {{4, 1}, {2, 0}, {9, 9}};

        Hungarian.minimise(cost);

        assertThat(cost).isDeepEqualTo(new double[][] {{4, 1}, {2, 0}, {9, 9}});
    }

    @Test
    void refusesWhatIsNoMatrix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hungarian.minimise(new double[0][]))
                .withMessage("an assignment needs rows and columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hungarian.maximise(new double[][] {{}}))
                .withMessage("an assignment needs rows and columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hungarian.minimise(new double[][] {{1, 2}, {3}}))
                .withMessage("rows of 2 and of 1 columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hungarian.minimise(new double[][] {{1, 2}, {3, Double.NaN}}))
                .withMessage("cost value 1 is NaN");
    }

    private static double sum(double[][] cost, int[] columns) {
        double sum = 0;
        for (int row = 0; row < columns.length; row++) {
            sum += columns[row] < 0 ? 0 : cost[row][columns[row]];
        }
        return sum;
    }

    private static double cheapest(double[][] cost) {
        int pairs = Math.min(cost.length, cost[0].length);
        return cheapest(cost, 0, 0, pairs);
    }

    /// Tries every column, and leaving it out where rows may be left over.
    private static double cheapest(double[][] cost, int row, int taken, int pairs) {
        if (pairs == 0) {
            return 0;
        }
        if (cost.length - row < pairs) {
            return Double.POSITIVE_INFINITY;
        }
        double best = cheapest(cost, row + 1, taken, pairs);
        for (int column = 0; column < cost[row].length; column++) {
            if ((taken >> column & 1) == 0) {
                best = Math.min(best, cost[row][column] + cheapest(cost, row + 1, taken | 1 << column, pairs - 1));
            }
        }
        return best;
    }
}
