package weft.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.DenseLayer;
import weft.core.model.IdentityEncoder;
import weft.core.model.Network;
import weft.core.model.NetworkEncoder;
import weft.core.model.Scaling;

class ReconstructionLossTest {
    /// Both pixels come back as they went in.
    private static final Network IDENTITY = new Network(List.of(
            new DenseLayer(Matrix.of(2, 2, new float[] {1, 0, 0, 1}), new float[2], Activation.IDENTITY)));

    @Test
    void isTheMeanCrossEntropyOfPixelsAndImages() {
        ReconstructionLoss loss = new ReconstructionLoss(new IdentityEncoder(2), IDENTITY, true);

        // A pixel p that comes back exactly costs -p ln p - (1-p) ln (1-p): ln 2 for 1/2, 0.5623351446 for 1/4.
        loss.add(new float[] {0.5f, 0.25f});
        assertThat(loss.mean()).isCloseTo((0.6931471806 + 0.5623351446) / 2, within(1e-9));

        // 0 and 1 come back exactly too; clipped at 1e-7 they cost -ln(1 - 1e-7) = 1e-7 each.
        loss.add(new float[] {0, 1});
        assertThat(loss.mean()).isCloseTo((0.6277411626 + 1e-7) / 2, within(1e-9));
    }

    @Test
    void isClippedWhereTheOutputIsWrongForSure() {
        Network alwaysZero = new Network(
                List.of(new DenseLayer(Matrix.of(1, 1, new float[] {0}), new float[] {-9}, Activation.RELU)));
        ReconstructionLoss loss = new ReconstructionLoss(new IdentityEncoder(1), alwaysZero, true);

        loss.add(new float[] {1});

        // -ln 1e-7
        assertThat(loss.mean()).isCloseTo(16.1180956510, within(1e-9));
    }

    @Test
    void isTheMeanSquaredErrorOnTheEncodersScaleWhereTheOutputIsLinear() {
        Network half = new Network(List.of(
                new DenseLayer(Matrix.of(2, 2, new float[] {0.5f, 0, 0, 0.5f}), new float[2], Activation.IDENTITY)));
        Scaling scaling = new Scaling(Vector.of(10, 0), Vector.of(2, 1));
        ReconstructionLoss loss = new ReconstructionLoss(new NetworkEncoder(IDENTITY, scaling), half);

        // Scaled: 3 and 1; they come back as 1.5 and .5.
        loss.add(new float[] {16, 1});

        assertThat(loss.name()).isEqualTo("mse");
        assertThat(loss.mean()).isCloseTo((2.25 + .25) / 2, within(1e-6));
    }

    @Test
    void isNothingWithoutImages() {
        assertThat(new ReconstructionLoss(new IdentityEncoder(2), IDENTITY, true).mean())
                .isNaN();
    }
}
