package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
