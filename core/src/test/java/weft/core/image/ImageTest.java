package weft.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ImageTest {
    private static final Shape GREY = new Shape.Image(28, 28, 1);

    @Test
    void pixelsAreACopyOfUnsignedBytes() {
        byte[] bytes = new byte[784];
        bytes[0] = (byte) 255;
        bytes[783] = 51;
        ImageValues pixels = ImageValues.of(GREY, bytes);
        bytes[0] = 0;
        pixels.toBytes()[0] = 0;
        float[] target = new float[786];

        pixels.toFloats(target, 1);

        // 255 / 255 and 51 / 255.
        assertThat(target[1]).isEqualTo(1);
        assertThat(target[784]).isCloseTo(0.2f, within(1e-7f));
        assertThat(target[0] + target[785]).isZero();
    }

    @Test
    void pixelsAreEqualByValue() {
        byte[] bytes = new byte[784];
        bytes[5] = 1;

        assertThat(ImageValues.of(GREY, bytes))
                .isEqualTo(ImageValues.of(GREY, bytes))
                .hasSameHashCodeAs(ImageValues.of(GREY, bytes));
        assertThat(ImageValues.of(GREY, bytes)).isNotEqualTo(ImageValues.of(GREY, new byte[784]));
    }

    @Test
    void refusesWhatIsNoImage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageValues.of(GREY, new byte[785]))
                .withMessage("an image has 784 bytes, not 785");
        ImageValues black = ImageValues.of(GREY, new byte[784]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Image(Split.TEST, -1, black))
                .withMessage("epoch must be at least 0, not -1");
    }

    @Test
    void splitsHaveTheirNames() {
        assertThat(Split.of("train")).isEqualTo(Split.TRAIN);
        assertThat(Split.TEST.id()).isEqualTo("test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.of("Train"))
                .withMessage("split must be train or test, not 'Train'");
    }
}
