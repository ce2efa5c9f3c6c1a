package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import weft.core.math.Matrix;

class NetworkTest {
    private static final DenseLayer RELU =
            new DenseLayer(Matrix.of(2, 3, new float[] {1, 2, 3, -1, -1, -1}), new float[] {0.5f, 1}, Activation.RELU);
    private static final DenseLayer SIGMOID =
            new DenseLayer(Matrix.of(1, 2, new float[] {2, 7}), new float[] {-3}, Activation.SIGMOID);

    @Test
    void passesForwardLayerByLayer() {
        Network network = new Network(List.of(RELU, SIGMOID));
        // From offset 1: (1, 0, 1). First layer: 1 + 3 + 0.5 = 4.5 and -1 - 1 + 1 = -1, which ReLU makes 0.
        // Second: 2 * 4.5 + 7 * 0 - 3 = 6, of which the sigmoid is 1 / (1 + e^-6).
        float[] output = network.pass().run(new float[] {99, 1, 0, 1}, 1);

        assertThat(network.inputs()).isEqualTo(3);
        assertThat(network.outputs()).isEqualTo(1);
        assertThat(output).containsExactly(new float[] {(float) (1 / (1 + Math.exp(-6)))}, within(1e-7f));
    }

    @Test
    void rowsGetWhatEachGetsAlone() {
        DenseLayer wide = new DenseLayer(
                Matrix.of(5, 2, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
                new float[] {1, 0, -1, 0, 1},
                Activation.RELU);
        DenseLayer narrow = new DenseLayer(
                Matrix.of(1, 5, new float[] {1, -1, 2, .5f, -1}), new float[] {.25f}, Activation.IDENTITY);
        Network network = new Network(List.of(wide, narrow));
        float[] rows = {1, 0, -1, 2, .5f, .25f};
        float[] found = new float[3];

        network.pass().run(rows, 3, found);

        // Of the first the wide layer makes 2, 3, 4, 7, 10: 2 - 3 + 8 + 3.5 - 10 + .25
        assertThat(found[0]).isEqualTo(.75f);
        for (int i = 0; i < 3; i++) {
            assertThat(network.pass().run(rows, 2 * i)).containsExactly(found[i]);
        }
    }

    @Test
    void identityLeavesNegativeSums() {
        DenseLayer plain = new DenseLayer(RELU.weights(), RELU.bias(), Activation.IDENTITY);

        assertThat(new Network(List.of(plain)).pass().run(new float[] {1, 0, 1}, 0))
                .containsExactly(4.5f, -1);
    }

    @Test
    void sigmoidSaturatesWithoutNaN() {
        DenseLayer layer = new DenseLayer(Matrix.of(2, 1, new float[] {1, -1}), new float[2], Activation.SIGMOID);

        assertThat(new Network(List.of(layer)).pass().run(new float[] {1e30f}, 0))
                .containsExactly(1, 0);
    }

    @Test
    void passesOfOneNetworkDoNotShareBuffers() {
        Network network = new Network(List.of(SIGMOID));
        float[] first = network.pass().run(new float[] {1.5f, 0}, 0);

        network.pass().run(new float[] {100, 100}, 0);

        // 2 * 1.5 - 3 = 0, of which the sigmoid is 1/2.
        assertThat(first).containsExactly(0.5f);
    }

    @Test
    void encodersGiveCodesOfTheirSize() {
        NetworkEncoder encoder = new NetworkEncoder(new Network(List.of(RELU)));
        assertThat(encoder.inputs()).isEqualTo(3);
        assertThat(encoder.codeSize()).isEqualTo(2);
        assertThat(encoder.pass().encode(new float[] {9, 1, 0, 1}, 1)).containsExactly(4.5f, 0);

        IdentityEncoder identity = new IdentityEncoder(2);
        assertThat(identity.pass().encode(new float[] {9, 1, 2, 9}, 1)).containsExactly(1, 2);
        assertThat(identity.pass().encode(new float[] {3, 4}, 0)).containsExactly(3, 4);
    }

    @Test
    void isEqualByValuesAndACopyOfThem() {
        float[] bias = {-3};
        DenseLayer layer = new DenseLayer(SIGMOID.weights(), bias, Activation.SIGMOID);
        bias[0] = 9;
        layer.bias()[0] = 9;

        assertThat(layer).isEqualTo(SIGMOID).hasSameHashCodeAs(SIGMOID);
        assertThat(layer).isNotEqualTo(new DenseLayer(SIGMOID.weights(), SIGMOID.bias(), Activation.RELU));
    }

    @Test
    void refusesLayersThatDoNotFit() {
        refused("a network needs a layer", () -> new Network(List.of()));
        refused(
                "layer 1 takes 3 inputs, but the layer before it has 1 outputs",
                () -> new Network(List.of(SIGMOID, RELU)));
        refused(
                "a layer of 2 outputs does not have 1 biases",
                () -> new DenseLayer(RELU.weights(), new float[1], Activation.RELU));
        refused(
                "bias value 0 is NaN",
                () -> new DenseLayer(SIGMOID.weights(), new float[] {Float.NaN}, Activation.RELU));
        refused("inputs must be at least 1, not 0", () -> new IdentityEncoder(0));
    }

    private static void refused(String message, Runnable construction) {
        assertThatIllegalArgumentException().isThrownBy(construction::run).withMessage(message);
    }
}
