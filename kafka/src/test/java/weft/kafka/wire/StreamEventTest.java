package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamEventTest {
    private static final StreamEvent DRIFT = new StreamEvent(
            Instant.parse("2026-01-02T03:04:05.678Z"),
            StreamEvent.Kind.DRIFT_OVER,
            "raw@wide",
            12_000,
            34_567,
            Optional.of("raw-kmeans-10@wide"),
            Map.of("signal", "shares", "strength", 1.5, "examples", List.of("a", "b")));

    @Test
    void writesAFlatObjectWhoseFieldsComeInOneOrder() {
        assertThat(new String(DRIFT.toJson(), StandardCharsets.UTF_8))
                .isEqualTo("{\"at\":\"2026-01-02T03:04:05.678Z\",\"kind\":\"drift-over\","
                        + "\"pipeline\":\"raw-kmeans-10@wide\",\"model\":\"raw@wide\",\"modelVersion\":12000,"
                        + "\"imagesSeen\":34567,\"examples\":[\"a\",\"b\"],\"signal\":\"shares\",\"strength\":1.5}");
        assertThat(DRIFT.key()).isEqualTo("raw-kmeans-10@wide");
    }

    @Test
    void readsWhatItWrote() {
        assertThat(StreamEvent.fromJson(DRIFT.toJson())).isEqualTo(DRIFT);
    }

    /// A time that no clock and no page can tell.
    private static final String FAR =
            "{\"at\":\"+300000000-01-01T00:00:00Z\",\"kind\":\"drift\",\"model\":\"raw\",\"modelVersion\":1,\"imagesSeen\":1}";

    @Test
    void refusesWhatIsNoEvent() {
        for (String value : List.of("", "[]", "{}", "7", "{\"kind\":\"drift\"}", FAR)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StreamEvent.fromJson(value.getBytes(StandardCharsets.UTF_8)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamEvent.Kind.of("dritf"))
                .withMessageContaining("unknown kind of event 'dritf'")
                .withMessageContaining("drift-over");
    }
}
