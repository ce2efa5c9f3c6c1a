package weft.kafka.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTimesTest {
    private static final AssignmentEvent EVENT = AssignmentEventTest.full();
    private static final AssignmentTimes TIMES = new AssignmentTimes(EVENT.eventTime(), EVENT.scoredAt());

    @Test
    void areThoseOfTheWholeRecord() {
        assertThat(AssignmentTimes.of(EVENT.toJson())).isEqualTo(TIMES);
        assertThat(AssignmentTimes.of(AssignmentEventTest.least().toJson()))
                .isEqualTo(new AssignmentTimes(
                        AssignmentEventTest.least().eventTime(),
                        AssignmentEventTest.least().scoredAt()));
    }

    /// Other writers, of an earlier or a later version.
    @ParameterizedTest
    @ValueSource(strings = {" }", ",\"more\":1}", ",\"scoredAt\":\"2026-01-02T03:04:05.700Z\"}"})
    void areReadWhereverTheyStand(String end) {
        String json = new String(EVENT.toJson(), UTF_8);
        String other = json.substring(0, json.length() - 1) + end;

        assertThat(AssignmentTimes.of(other.getBytes(UTF_8))).isEqualTo(TIMES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "what",
                "\",\"scoredAt\":\"\"}",
                "{\"imageId\":\"x\",\"eventTime\":\"2026-01-02T03:04:05.678Z\",\"scoredAt\":\"2026-01-02T03:04:65.700Z\"}",
                "{\"eventTime\":\"2026-01-02T03:04:05.678Z\",\"scoredAt\":\"2026-01-02T03:04:05.700Z\"}"
            })
    void ofWhatIsNoAssignmentThereAreNone(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssignmentTimes.of(value.getBytes(UTF_8)))
                .withMessageStartingWith("not an assignment: ");
    }
}
