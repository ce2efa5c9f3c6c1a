package weft.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
    @ParameterizedTest
    @CsvSource({"28x28, 784, 784", "32x32x3, 3072, 3072", "512, 512, 2048", "16384, 16384, 65536"})
    void readsWhatItWrites(String text, int values, int bytes) {
        Shape shape = Shape.parse(text);
        assertThat(shape).hasToString(text);
        assertThat(shape.values()).isEqualTo(values);
        assertThat(shape.bytes()).isEqualTo(bytes);
    }

    @Test
    void oneChannelIsGrey() {
        assertThat(Shape.parse("8x9x1")).isEqualTo(new Shape.Image(8, 9, 1)).hasToString("8x9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "28x", "28x0", "1x2x3x4", "-5", "28X28", "028x28", "1e3", "99999999999"})
    void whatIsNoShapeIsNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.parse(text))
                .withMessageEndingWith("not '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "129x128, an image has 1 to 16384 values; not 16512",
        "74x74x3, an image has 1 to 16384 values; not 16428",
        "16385, an image has 1 to 16384 values; not 16385",
        "8x8x2, an image has 1 or 3 channels; not 2"
    })
    void limitsAreNamed(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.parse(text)).withMessage(message.replace(';', ','));
    }
}
