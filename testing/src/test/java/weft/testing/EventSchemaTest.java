package weft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import weft.kafka.wire.StreamEvent;

class EventSchemaTest {
    private static byte[] event(StreamEvent.Kind kind) {
        return new StreamEvent(
                        Instant.parse("2026-01-02T03:04:05.678Z"),
                        kind,
                        "raw@wide",
                        12_000,
                        34_567,
                        Optional.of("raw-kmeans-10@wide"),
                        Map.of("signal", "shares", "strength", 1.5, "centreNow", List.of(0.5f, 0.25f), "first", true))
                .toJson();
    }

    @ParameterizedTest
    @EnumSource
    void everyKindFits(StreamEvent.Kind kind) {
        assertThat(EventSchema.faults(event(kind))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "kind":"drift"           | "kind":"landslide"       | enum
                    "modelVersion":12000     | "modelVersion":-1        | minimum
                    "imagesSeen":34567       | "imagesSeen":"many"      | integer
                    "model":"raw@wide",      | "":0,                    | required
                    "signal":"shares"        | "signal":{"is":"shares"} | found
                    2026-01-02T03:04:05.678Z | yesterday                | date-time
                    """)
    void spoiltOnesDoNot(String good, String spoilt, String fault) {
        String json = new String(event(StreamEvent.Kind.DRIFT), StandardCharsets.UTF_8);
        assertThat(json).contains(good);

        assertThat(EventSchema.faults(json.replace(good, spoilt).getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty()
                .anySatisfy(line -> assertThat(line).contains(fault));
    }

    @Test
    void nothingIsNoEvent() {
        assertThat(EventSchema.faults(null)).containsExactly("no value");
    }
}
