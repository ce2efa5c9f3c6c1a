package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
    @Test
    void aGateNamesAFigureALeadAndAFewImages() {
        Gate gate = Gate.parse(" prequentialWindowHomogeneity+0.02 for 20000 ");
        assertThat(gate.figure().name()).isEqualTo("prequentialWindowHomogeneity");
        assertThat(gate.lead()).isEqualTo(.02);
        assertThat(gate.images()).isEqualTo(20_000);
        assertThat(gate.leads(.53, .5)).isTrue();
        assertThat(gate.leads(.51, .5)).isFalse();
        assertThat(gate.falls()).isFalse();
    }

    @Test
    void whereLowerIsBetterTheLeadIsNegative() {
        Gate gate = Gate.parse("largestClusterShare-0.05 for 1000");
        assertThat(gate.falls()).isTrue();
        assertThat(gate.leads(.2, .3)).isTrue();
        assertThat(gate.leads(.28, .3)).isFalse();
        assertThat(gate.leads(.4, .3)).isFalse();
        assertThat(Gate.parse("emptyClusters-0 for 1000").falls())
                .as("no more than the champion")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "beauty+0.1 for 20000 | unknown figure 'beauty'",
                "testAri 0.1 for 20000 | a gate is FIGURE+LEAD for IMAGES",
                "testAri+ for 20000 | a gate is FIGURE+LEAD for IMAGES",
                "testAri+0.1 | a gate is FIGURE+LEAD for IMAGES",
                "testAri+0.1 for ever | a gate is FIGURE+LEAD for IMAGES",
                "testAri+NaN for 20000 | a gate is FIGURE+LEAD for IMAGES",
                "testAri+0.1 for 999 | at least 1000 images, not 999",
                "images+1 for 20000 | images says how many images, not how good",
                "testWindowImages+1 for 20000 | testWindowImages says how many images",
            })
    void anythingElseIsRefusedInOneLine(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gate.parse(text))
                .withMessageContaining(why)
                .satisfies(fault -> assertThat(fault).message().doesNotContain("\n"));
    }
}
