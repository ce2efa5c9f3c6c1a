package weft.kafka.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One spelling of a label, whichever way it comes.
class LabelParserTest {
    private static final byte[] BLACK = new byte[784];

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "9"})
    void aDigitIsALabelInBothPlaces(String text) {
        int expected = text.charAt(0) - '0';
        assertThat(LabelParser.label(text.getBytes(UTF_8))).isEqualTo(expected);
        assertThat(ImageParserTest.PARSER
                        .labelled(BLACK, ImageParserTest.headers("label", text))
                        .label())
                .hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"03", "+3", "٣", "३", "３", "-0", " 3", "3 ", "3\n", "3.0", "0x3", "10", "", "99999999999", "³"})
    void anyOtherSpellingIsRefusedInBothPlaces(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelParser.label(text.getBytes(UTF_8)))
                .withMessageStartingWith("a label is 0 to 9 as text, not '")
                .withMessageNotContaining("\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageParserTest.PARSER.labelled(BLACK, ImageParserTest.headers("label", text)))
                .withMessageStartingWith("a label is 0 to 9 as text, not '")
                .withMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "+3", "٣", "3 "})
    void soIsAnEpoch(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageParserTest.PARSER.labelled(BLACK, ImageParserTest.headers("epoch", text)))
                .withMessage("header epoch must be a whole number, not '" + text + "'");
    }
}
