package weft.trainer.imsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.image.Shape;
import weft.core.model.ImageNetwork;

/// What is published answers as the network with its running moments does.
class FoldingTest {
    @ParameterizedTest
    @CsvSource({"28, 28, 1, 10", "9, 7, 1, 3", "11, 8, 3, 5"})
    void theFoldedNetworkGivesTheSameAnswers(int width, int height, int channels, int k) {
        SplittableRandom random = new SplittableRandom(2);
        NetShape shape = new NetShape(new Shape.Image(width, height, channels), k);
        Net net = Net.start(shape, random);
        double[] parameters = new double[shape.parameters];
        for (int i = 0; i < shape.parameters; i++) {
            net.parameters[i] *= (float) random.nextDouble(.5, 1.5);
            parameters[i] = net.parameters[i];
        }
        for (int i = 0; i < shape.moments; i++) {
            net.moments[i] = (float) random.nextDouble(.1, 1);
        }
        int[] order = new int[k];
        for (int c = 0; c < k; c++) {
            order[c] = (c + 1) % k;
        }
        ImageNetwork.Pass folded =
                Folding.fold(shape, net.parameters, net.moments, order).pass();
        DoubleNet reference = new DoubleNet(shape, parameters, 1);
        for (int image = 0; image < 3; image++) {
            float[] values = Pictures.noise(shape.image, random);
            double[] planes = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                planes[i % channels * width * height + i / channels] = Math.sqrt(values[i]);
            }
            double[] expected = reference.forward(planes, net.moments);
            float[] found = folded.run(values, 0);
            for (int c = 0; c < k; c++) {
                assertThat((double) found[c]).isCloseTo(expected[order[c]], within(1e-4));
            }
        }
    }
}
