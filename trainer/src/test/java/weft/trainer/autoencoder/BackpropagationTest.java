package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BackpropagationTest {
    private static final double STEP = 1e-6;

    /// Both ways to it, on the same numbers.
    private static Stream<Arguments> ways() {
        return Stream.of(1, 4, 7)
                .flatMap(n -> Stream.of(
                        Arguments.of("vector", (Way) VectorBackpropagation::new, n),
                        Arguments.of("native", (Way) NativeBackpropagation::new, n)));
    }

    interface Way {
        Backpropagation of(Layers layers, Reconstruction reconstruction);
    }

    @ParameterizedTest(name = "{0}, {2} rows")
    @MethodSource("ways")
    void gradientOfEachWeightAndBiasIsTheLossesSlope(String name, Way way, int n) {
        checkGradient(way, List.of(12, 5, 3, 5, 12), n);
    }

    @ParameterizedTest(name = "{0}, {2} rows")
    @MethodSource("ways")
    void gradientFitsTheNarrowestNetwork(String name, Way way, int n) {
        checkGradient(way, List.of(12, 1, 12), Math.max(3, n));
    }

    /// Wider than a vector, and by no multiple of it.
    @ParameterizedTest(name = "{0}, {2} rows")
    @MethodSource("ways")
    void gradientFitsLayersOfEveryWidth(String name, Way way, int n) {
        checkGradient(way, List.of(37, 21, 18, 21, 37), n);
    }

    /// The differences are taken of a second, double-precision network: in floats a small step would drown
    /// in rounding.
    private static void checkGradient(Way way, List<Integer> sizes, int n) {
        Layers layers = new Layers(sizes);
        float[] flat = GlorotUniform.parameters(layers, 3);
        Random random = new Random(5);
        for (int i = 0; i < flat.length; i++) {
            flat[i] += .1f * random.nextFloat();
        }
        float[] rows = SyntheticImages.rows(n, sizes.getFirst(), 1);
        Backpropagation network = way.of(layers, Reconstruction.PIXELS);

        double loss = network.forward(flat, rows, rows, n);
        float[] gradient = new float[flat.length];
        network.backward(gradient);

        var reference = new DoubleNetwork(sizes, flat);
        assertThat(loss).isCloseTo(reference.loss(rows, n), within(1e-6));
        int slopes = 0;
        for (int i = 0; i < flat.length; i++) {
            double slope = reference.slope(i, STEP, rows, n);
            assertThat((double) gradient[i])
                    .as("parameter " + i)
                    .isCloseTo(slope, within(1e-3 * Math.abs(slope) + 1e-8));
            slopes += slope == 0 ? 0 : 1;
        }
        assertThat(slopes).as("parameters that matter").isGreaterThan(flat.length / 2);
    }

    @ParameterizedTest
    @EnumSource
    void bothWaysAgreeOnLargerLayers(Reconstruction reconstruction) {
        Layers layers = new Layers(List.of(784, 100, 32, 100, 784));
        float[] flat = GlorotUniform.parameters(layers, 3);
        float[] rows = SyntheticImages.rows(67, 784, 1);
        float[] ours = new float[flat.length];
        float[] theirs = new float[flat.length];
        Backpropagation vector = new VectorBackpropagation(layers, reconstruction);
        Backpropagation nd4j = new NativeBackpropagation(layers, reconstruction);

        assertThat(vector.forward(flat, rows, rows, 67)).isCloseTo(nd4j.forward(flat, rows, rows, 67), within(1e-6));
        vector.backward(ours);
        nd4j.backward(theirs);

        // Not element by element through AssertJ, which takes seconds for so many.
        assertThat(ours).hasSameSizeAs(theirs).doesNotContain(Float.NaN);
        assertThat(theirs).doesNotContain(Float.NaN);
        float furthest = 0;
        for (int i = 0; i < ours.length; i++) {
            furthest = Math.max(furthest, Math.abs(ours[i] - theirs[i]));
        }
        assertThat(furthest).isLessThanOrEqualTo(1e-6f);
    }

    @Test
    void aLargeNetworkIsLearntOnNd4j() {
        Layers small = new Layers(List.of(784, 32, 784));
        Layers large = new Layers(List.of(784, 2000, 784));

        assertThat(Backpropagation.of(small, Reconstruction.PIXELS)).isInstanceOf(VectorBackpropagation.class);
        assertThat(Backpropagation.of(large, Reconstruction.PIXELS)).isInstanceOf(NativeBackpropagation.class);
    }
}
