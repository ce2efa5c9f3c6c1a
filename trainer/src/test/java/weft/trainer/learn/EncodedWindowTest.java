package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import weft.core.image.ImageValues;
import weft.core.math.Matrix;
import weft.core.model.Activation;
import weft.core.model.DenseLayer;
import weft.core.model.Encoder;
import weft.core.model.IdentityEncoder;
import weft.core.model.Network;
import weft.core.model.NetworkEncoder;

class EncodedWindowTest {
    private static final Encoder DEAD = new NetworkEncoder(new Network(
            List.of(new DenseLayer(Matrix.of(2, 784, new float[2 * 784]), new float[] {1, 2}, Activation.RELU))));

    private static RecentImages images(int different) {
        RecentImages images = new RecentImages(Plans.GREY, 300, 1);
        for (int i = 0; i < 300; i++) {
            byte[] values = new byte[784];
            Arrays.fill(values, (byte) (i % different));
            images.add(0, i, ImageValues.of(Plans.GREY, values));
        }
        return images;
    }

    @Test
    void anEncoderThatTellsNoImagesApartHasCollapsed() {
        assertThat(EncodedWindow.collapsed(images(50), DEAD)).isTrue();
        assertThat(EncodedWindow.collapsed(images(50), new IdentityEncoder(784)))
                .isFalse();
    }

    @Test
    void whereNothingDiffersNothingIsToldApart() {
        assertThat(EncodedWindow.collapsed(images(1), DEAD)).isFalse();
        assertThat(EncodedWindow.collapsed(new RecentImages(Plans.GREY, 300, 1), DEAD))
                .isFalse();
    }
}
