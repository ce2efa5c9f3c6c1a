package weft.kafka.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.image.Dataset;
import weft.core.image.Label;
import weft.core.image.Shape;

/// One spelling of a label, whichever way it comes.
class LabelParserTest {
    private static final LabelParser PARSER = new LabelParser(ImageParserTest.FASHION);

    private static final byte[] BLACK = new byte[784];

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "9"})
    void aDigitIsALabelInBothPlaces(String text) {
        int expected = text.charAt(0) - '0';
        assertThat(PARSER.label(text.getBytes(UTF_8)).index()).hasValue(expected);
        assertThat(ImageParserTest.PARSER
                        .labelled(BLACK, ImageParserTest.headers("label", text))
                        .label()
                        .orElseThrow()
                        .index())
                .hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"03", "+3", "٣", "३", "３", "-0", " 3", "3 ", "3\n", "3.0", "0x3", "10", "", "99999999999", "³"})
    void anyOtherSpellingIsRefusedInBothPlaces(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PARSER.label(text.getBytes(UTF_8)))
                .withMessageStartingWith("a label is 0 to 9 as text or the name of a class, not '")
                .withMessageNotContaining("\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageParserTest.PARSER.labelled(BLACK, ImageParserTest.headers("label", text)))
                .withMessageStartingWith("a label is 0 to 9 as text or the name of a class, not '")
                .withMessageNotContaining("\n");
    }

    @Test
    void aClassMayBeCalledByItsName() {
        assertThat(PARSER.label("Boot")).isEqualTo(new Label("Boot", OptionalInt.of(9)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PARSER.label("boot"))
                .withMessage("a label is 0 to 9 as text or the name of a class, not 'boot'");
    }

    @Test
    void whereNoClassIsNamedAnyTextIsALabel() {
        LabelParser any = new LabelParser(new Dataset("x", new Shape.Vector(1), List.of()));

        assertThat(any.label("cat")).isEqualTo(new Label("cat", OptionalInt.empty()));
        assertThat(any.label("12")).isEqualTo(new Label("12", OptionalInt.of(12)));
        assertThat(any.label("03")).isEqualTo(new Label("03", OptionalInt.empty()));
        assertThat(any.label("é".repeat(32)).name()).hasSize(32);
        for (String bad : List.of("", " ", "a\nb", "x".repeat(65), "é".repeat(33), "\uFFFD")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> any.label(bad.getBytes(UTF_8)))
                    .withMessageStartingWith("a label is printable text of 1 to 64 bytes, not '")
                    .withMessageNotContaining("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "+3", "٣", "3 "})
    void soIsAnEpoch(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageParserTest.PARSER.labelled(BLACK, ImageParserTest.headers("epoch", text)))
                .withMessage("header epoch must be a whole number, not '" + text + "'");
    }
}
