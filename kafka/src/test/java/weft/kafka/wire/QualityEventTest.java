package weft.kafka.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static weft.kafka.wire.QualityFigures.named;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityEventTest {
    private static final QualityEvent EVENT = new QualityEvent(
            "ae-gmm-10",
            60_000,
            Instant.parse("2026-01-02T03:04:05Z"),
            List.of(
                    named("testWindowHomogeneity").of(0.5),
                    named("prequentialAccuracy").of(1.0),
                    named("testImages").of(10_000.0)));

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
        assertThat(EVENT.value(named("testWindowHomogeneity"))).hasValue(0.5);
        assertThat(EVENT.value(named("testWindowAri"))).isEmpty();
        assertThat(EVENT.value(named("modelVersion"))).isEmpty();
    }

    @Test
    void keepsFiguresOfLaterReleasesAndOfAnyClusterer() {
        String json = "{\"pipeline\":\"toy-2\",\"modelVersion\":1,\"at\":\"2026-01-02T03:04:05.000Z\",\"images\":7,"
                + "\"meanDistanceFromMiddle\":2.0}";
        QualityEvent event = QualityEvent.fromJson(json.getBytes(UTF_8));
        assertThat(event.value(named("meanDistanceFromMiddle"))).hasValue(2);
        assertThat(new String(event.toJson(), UTF_8)).isEqualTo(json);
    }

    @Test
    void refusesAFigureThatIsThereTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QualityEvent(
                        "raw-kmeans-2",
                        1,
                        Instant.EPOCH,
                        List.of(
                                named("images").of(1),
                                named("testAri").of(1),
                                named("images").of(2))))
                .withMessage("images is there twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"pipeline\":\"ae-gmm-10\",\"modelVersion\":1}",
                "{\"pipeline\":\"ae-gmm-10\",\"modelVersion\":1,\"at\":\"noon\"}",
                "{\"pipeline\":\"ae-gmm-10\",\"modelVersion\":1,\"at\":\"2026-01-02T03:04:05Z\",\"images\":0.5}"
            })
    void refusesWhatIsNoQualityRecord(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> QualityEvent.fromJson(value.getBytes(UTF_8)));
    }
}
