package weft.kafka.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityEventTest {
    private static final QualityEvent EVENT = new QualityEvent(
            "ae-gmm-10",
            60_000,
            Instant.parse("2026-01-02T03:04:05Z"),
            Map.of("testWindowHomogeneity", 0.5, "prequentialAccuracy", 1.0, "testImages", 10_000.0));

    @Test
    void isOneFlatObjectWithWholeNumbersOfImages() {
        assertThat(new String(EVENT.toJson(), UTF_8))
                .isEqualTo("{\"pipeline\":\"ae-gmm-10\",\"modelVersion\":60000,\"at\":\"2026-01-02T03:04:05.000Z\","
                        + "\"prequentialAccuracy\":1.0,\"testImages\":10000,\"testWindowHomogeneity\":0.5}");
    }

    @Test
    void roundTrips() {
        assertThat(QualityEvent.fromJson(EVENT.toJson())).isEqualTo(EVENT);
    }

    @Test
    void hasNoFigureThatNobodyMeasured() {
        assertThat(EVENT.figure("testWindowHomogeneity")).hasValue(0.5);
        assertThat(EVENT.figure("testWindowAri")).isEmpty();
        assertThat(EVENT.figure("modelVersion")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"pipeline\":\"ae-gmm-10\",\"modelVersion\":1}",
                "{\"pipeline\":\"ae-gmm-10\",\"modelVersion\":1,\"at\":\"noon\"}"
            })
    void refusesWhatIsNoQualityRecord(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> QualityEvent.fromJson(value.getBytes(UTF_8)));
    }
}
