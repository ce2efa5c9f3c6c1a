package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CodesTest {
    @Test
    void knowsItsMoments() {
        Codes codes = new Codes(3, 2);
        codes.add(new float[] {0, 1, 10}, 1);
        codes.add(new float[] {3, 10}, 0);

        assertThat(codes.rows()).isEqualTo(2);
        assertThat(codes.means()).containsExactly(2, 10);
        assertThat(codes.variances()).containsExactly(1, 0);
        assertThat(codes.meanVariance()).isEqualTo(.5);
    }

    @Test
    void scalesRowsToLengthOneAndLeavesZero() {
        Codes codes = new Codes(2, 2);
        codes.add(new float[] {3, 4}, 0);
        codes.add(new float[] {0, 0}, 0);

        assertThat(codes.normalised().values()).containsExactly(new float[] {.6f, .8f, 0, 0}, within(1e-7f));
        assertThat(codes.values()).containsExactly(3, 4, 0, 0);
    }

    @Test
    void refusesMoreRowsThanItHolds() {
        assertThatThrownBy(() -> new Codes(2, 3).rows(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 rows do not fit into 2");
    }
}
