package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weft.core.model.ModelName;

class KeptVersionsTest {
    private static final Set<Long> THERE = Set.of(500L, 1_000L, 2_000L, 3_000L, 4_000L, 5_000L);

    private final KeptVersions kept = new KeptVersions(ModelName.parse("raw"), THERE::contains);

    @Test
    void theVersionsPinnedLastStay() {
        for (int version : new int[] {500, 1_000, 2_000, 3_000, 1_000, 4_000}) {
            take("raw", "\"run\":\"main\",\"version\":" + version);
        }

        assertThat(kept.pinned()).containsExactlyInAnyOrder(1_000L, 2_000L, 3_000L, 4_000L);
    }

    @Test
    void whatWasDeployedIsRememberedOfAllRecords() {
        take("raw", "\"run\":\"main\",\"version\":1000,\"deployed\":[\"raw/500\",\"raw@wide/700\",\"raw/77\"]");
        take("raw", "\"run\":\"main\",\"deployed\":[\"raw/2000\"]");

        assertThat(kept.deployed()).as("77 is not there").containsExactlyInAnyOrder(500L, 2_000L);
    }

    @Test
    void aRecordThatMakesNoSenseUnpinsNothing() {
        take("raw", "\"run\":\"main\",\"version\":500,\"challengers\":[\"wide\"]");
        for (int again = 0; again < 100; again++) {
            for (String senseless : new String[] {
                "\"run\":\"nobody\"",
                "\"run\":\"wide\",\"version\":700",
                "\"run\":\"main\",\"version\":501",
                "\"run\":\"main\",\"version\":" + (10_000 + again),
                "\"run\":\"main\",\"challengers\":[\"nobody\"]",
                "\"run\":7"
            }) {
                take("raw", senseless);
            }
            take("raw", null);
        }

        assertThat(kept.pinned()).containsExactly(500L);
    }

    @Test
    void anotherPlaceIsOfItsOwn() {
        take("raw", "\"run\":\"main\",\"version\":500");
        for (int version : new int[] {1_000, 2_000, 3_000, 4_000, 5_000}) {
            take("raw@wide", "\"run\":\"main\",\"version\":" + version);
        }

        assertThat(kept.pinned()).containsExactlyInAnyOrder(500L, 2_000L, 3_000L, 4_000L, 5_000L);
    }

    @Test
    void anotherProgramCannotPinEverything() {
        KeptVersions all = new KeptVersions(ModelName.parse("raw"), _ -> true);
        for (int i = 0; i < 1_000; i++) {
            all.take(record("raw@r" + i, "\"run\":\"main\",\"version\":" + (i + 1)));
        }

        assertThat(all.pinned()).hasSize(KeptVersions.MOST_PLACES).contains(1_000L);
    }

    private void take(String place, @Nullable String fields) {
        kept.take(record(place, fields));
    }

    private static ConsumerRecord<String, byte[]> record(String place, @Nullable String fields) {
        return new ConsumerRecord<>(
                "weft.deployments",
                0,
                0,
                place,
                fields == null
                        ? null
                        : ("{\"model\":\"" + place + "\"," + fields + "}").getBytes(StandardCharsets.UTF_8));
    }
}
