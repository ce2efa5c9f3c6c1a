package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StateTest {
    @Test
    void isAValueThatNobodyCanChange() {
        float[] parameters = {1, 2};
        float[] updater = {3, 4, 5, 6};
        var state = new State(parameters, updater, 7);
        parameters[0] = 9;
        updater[0] = 9;
        state.parameters()[1] = 9;
        state.updater()[1] = 9;

        assertThat(state).isEqualTo(new State(new float[] {1, 2}, new float[] {3, 4, 5, 6}, 7));
        assertThat(state).hasSameHashCodeAs(new State(new float[] {1, 2}, new float[] {3, 4, 5, 6}, 7));
        assertThat(state).isNotEqualTo(new State(new float[] {1, 2}, new float[] {3, 4, 5, 6}, 8));
        assertThat(state).isNotEqualTo(new State(new float[] {1, 2}, new float[] {3, 4, 5, 7}, 7));
        assertThat(state).isNotEqualTo(new State(new float[] {1, 3}, new float[] {3, 4, 5, 6}, 7));
    }

    @Test
    void refusesPartsThatDoNotFit() {
        assertThatThrownBy(() -> new State(new float[2], new float[3], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the updater of 2 parameters does not have 3 values");
        assertThatThrownBy(() -> new State(new float[2], new float[4], -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iteration must not be negative, not -1");
    }
}
