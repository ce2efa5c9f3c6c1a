package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weft.core.model.ModelName;
import weft.kafka.wire.SnapshotKey;

class KeptVersionsTest {
    private static final Set<Long> THERE = Set.of(500L, 1_000L, 2_000L);

    private final KeptVersions kept = new KeptVersions(
            ModelName.parse("raw"), THERE::contains, Set.of(SnapshotKey.of(ModelName.parse("raw@wide"), 700)));

    @Test
    void theLastRecordSaysWhatIsPinned() {
        take("raw", "\"run\":\"main\",\"version\":500");
        take("raw", "\"run\":\"main\",\"version\":1000,\"deployed\":[\"raw/500\",\"raw@wide/700\"]");

        assertThat(kept.pinned()).containsExactly(1_000L);
        assertThat(kept.deployed()).containsExactly(500L);
    }

    @Test
    void aRecordThatNamesWhatIsNotThereUnpinsNothing() {
        take("raw", "\"run\":\"main\",\"version\":500");
        for (String senseless : new String[] {
            "\"run\":\"nobody\"",
            "\"run\":\"wide\",\"version\":701",
            "\"run\":\"main\",\"version\":501",
            "\"run\":\"main\",\"challengers\":[\"nobody\"]",
            "\"run\":7"
        }) {
            take("raw", senseless);
            assertThat(kept.pinned()).as(senseless).containsExactly(500L);
        }
    }

    @Test
    void whatMakesSenseReplacesWhatMayNot() {
        take("raw", "\"run\":\"main\",\"version\":500");
        take("raw", "\"run\":\"main\",\"version\":1000,\"challengers\":[\"started-later\"]");
        assertThat(kept.pinned()).containsExactlyInAnyOrder(500L, 1_000L);

        take("raw", "\"run\":\"wide\",\"version\":700,\"challengers\":[]");
        assertThat(kept.pinned()).isEmpty();
    }

    @Test
    void anotherPlaceAndATombstoneAreOfTheirOwn() {
        take("raw", "\"run\":\"main\",\"version\":500");
        take("raw@wide", "\"run\":\"main\",\"version\":1000");
        assertThat(kept.pinned()).containsExactlyInAnyOrder(500L, 1_000L);

        take("raw", null);
        assertThat(kept.pinned()).containsExactly(1_000L);
    }

    @Test
    void anotherProgramCannotPinEverything() {
        KeptVersions all = new KeptVersions(ModelName.parse("raw"), _ -> true, Set.of());
        all.take(record("raw", "\"run\":\"main\",\"version\":1"));
        for (int version = 2; version <= 1_000; version++) {
            all.take(record("raw", "\"run\":\"main\",\"version\":" + version + ",\"challengers\":[\"nobody\"]"));
        }

        assertThat(all.pinned()).hasSize(KeptVersions.MOST_UNSURE).contains(1L, 1_000L, 986L);
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
