package weft.producer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weft.producer.drift.Drift.OfClasses;
import weft.producer.drift.Drift.OfValues;

/// What is read from the command line, and how it is written again.
class DriftTest {
    @ParameterizedTest
    @CsvSource({
        "brightness@30000:.6, brightness@30000:0.6",
        "brightness:.6@30000, brightness@30000:0.6",
        "contrast@5:2., contrast@5:2",
        "invert@7, invert@7:1",
        "invert@7+100, invert@7+100:1",
        "invert@7:.5, invert@7:0.5",
        "rotate@30000+5000:25, rotate@30000+5000:25",
        "rotate@0+0:-360, rotate@0:-360",
        "shift@1:+2.5, shift@1:2.5",
        "noise:20@1+2, noise@1+2:20",
        "blur@000:1.50, blur@0:1.5",
        "without@30000:9, without@30000:9",
        "without:9@30000, without@30000:9",
        "without@30000:a:b, without@30000:a:b",
        "without:a+b@c:d@3+4, without@3+4:a+b@c:d",
        "only@3:Ankle boot, only@3:Ankle boot",
        "share@30000:9:.1, share@30000:9:0.1",
        "share:9:.1@30000+10, share@30000+10:9:0.1",
        "share@3:a:b:.25, share@3:a:b:0.25",
    })
    void isReadAndWrittenInOneForm(String given, String written) {
        assertThat(Drift.parse(given)).hasToString(written);
        assertThat(Drift.parse(written)).isEqualTo(Drift.parse(given));
    }

    @Test
    void hasItsParts() {
        assertThat(Drift.parse(" rotate@30000+5000:25 "))
                .isEqualTo(new OfValues(Effect.ROTATE, 25, new When(30_000, 5_000)));
        assertThat(Drift.parse("share@1:Bag:.25"))
                .isEqualTo(new OfClasses(OfClasses.Kind.SHARE, "Bag", .25, new When(1, 0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "@", ":", "rotate", "rotate:", "rotate@", "@3:4", "rotate@3@4:5", "rotate:3@", "share@1"})
    void neverBreaks(String text) {
        assertThatThrownBy(() -> Drift.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
