package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KeepTest {
    private static Keep bytes(long bytes) {
        return new Keep(Optional.empty(), OptionalLong.of(bytes));
    }

    @Test
    void bytesAreSharedByTwoTopicsAndTheirPartitionsWithRoomForASegment() {
        // 20 GB / 2 / 4 = 2.5 GB, of which an eighth is a segment.
        assertThat(bytes(20_000_000_000L).config(4))
                .isEqualTo(Map.of("retention.bytes", "2187500000", "segment.bytes", "312500000"));
    }

    @Test
    void aSegmentHasAGibibyteAtMostAndAMebibyteAtLeast() {
        assertThat(bytes(1_000_000_000_000L).config(1)).containsEntry("segment.bytes", "1073741824");
        assertThat(bytes(32_000_000).config(1)).containsEntry("segment.bytes", "2000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bytes(32_000_000).config(2))
                .withMessage("keep-bytes must be at least 64MB for 2 partitions, not 32000000 bytes");
    }

    @Test
    void timeCutsSegmentsShortEnoughToBeDeleted() {
        assertThat(new Keep(Optional.of(Duration.ofHours(1)), OptionalLong.empty()).config(3))
                .isEqualTo(Map.of("retention.ms", "3600000", "segment.ms", "450000"));
    }

    @Test
    void imagesAndAssignmentsAloneAreBounded() {
        Topics topics = new Topics("weft");
        assertThat(topics.specs(1, bytes(32_000_000)).stream()
                        .filter(spec -> spec.config().containsKey("retention.bytes"))
                        .map(Topics.Spec::name))
                .containsExactly("weft.images", "weft.assignments");
        assertThat(topics.specs(1, Keep.AS_IT_IS)).isEqualTo(topics.specs(1));
    }

    @Test
    void aTimeThatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Keep(Optional.of(Duration.ofSeconds(59)), OptionalLong.empty()))
                .withMessage("keep must be 1m to 3650d, not 59s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Keep(Optional.of(Duration.ofDays(3_651)), OptionalLong.empty()));
    }
}
