package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T16:31:13Z, 2026-11-23T16:31:13.000Z",
        "2026-11-23T16:31:00Z, 2026-11-23T16:31:00.000Z",
        "2026-11-23T16:31:13.5Z, 2026-11-23T16:31:13.500Z",
        "2026-11-23T16:31:13.276123Z, 2026-11-23T16:31:13.276Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z"
    })
    void threeDigitsAlways(Instant time, String text) {
        assertThat(Times.text(time)).isEqualTo(text);
        assertThat(Instant.parse(Times.text(time)).toEpochMilli()).isEqualTo(time.toEpochMilli());
    }

    /// Years of four digits are written and read without the JDK's formatter, which is the reference here.
    @Test
    void agreesWithTheJdk() {
        DateTimeFormatter reference =
                new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
        Random random = new Random(7);
        long from = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
        long to = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        for (int i = 0; i < 20_000; i++) {
            Instant time = Instant.ofEpochMilli(random.nextLong(from, to + 1));
            assertThat(Times.text(time)).isEqualTo(reference.format(time));
            assertThat(Times.parse(Times.text(time))).isEqualTo(time);
        }
        assertThat(Times.text(Instant.ofEpochMilli(to + 1))).isEqualTo("+10000-01-01T00:00:00.000Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29T00:00:00.000Z, 2024-02-29T00:00:00Z",
        "2025-11-25T24:00:00.000Z, 2025-11-26T00:00:00Z",
    })
    void readsDaysAtTheirEdges(String text, Instant time) {
        assertThat(Times.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25T21:35:00.000Z, 1764106500000",
        "2025-11-25T21:35:00Z, 1764106500000",
        "2025-11-25T22:35:00+01:00, 1764106500000",
        "1904-02-29T00:00:00.5Z, -2077747199500"
    })
    void readsEveryFormOfAnInstant(String text, long millis) {
        assertThat(Times.parse(text).toEpochMilli()).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2025-11-25",
                "2025-11-25T21:35:00",
                "1764106500000",
                "+12025-11-25T21:35:00Z",
                "2025-02-29T00:00:00.000Z",
                "2025-13-01T00:00:00.000Z",
                "2025-04-31T00:00:00.000Z",
                "2025-04-30T00:60:00.000Z"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Times.parse(text))
                .withMessageStartingWith("a time is as 2026-11-23T16:31:13.000Z, not '");
    }
}
