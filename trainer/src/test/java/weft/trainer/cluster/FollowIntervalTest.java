package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import weft.trainer.proto.ClustererState;

class FollowIntervalTest {
    private static final double LITTLE = 0.01;

    private final FollowInterval interval = new FollowInterval();

    /// The milestones, every 2,000 images, up to the next one at which it is followed; how many images that took.
    private long waits(long from) {
        long at = from + 2_000;
        while (!interval.due(at)) {
            at += 2_000;
        }
        return at - from;
    }

    /// It waits as long as it ever does, 12,000 images seen.
    private void settle() {
        interval.followed(4_000, 0, LITTLE);
        interval.followed(12_000, 0, LITTLE);
    }

    @Test
    void whatMovesMuchIsFollowedAtEachMilestone() {
        for (long at = 2_000; at <= 20_000; at += 2_000) {
            assertThat(interval.due(at)).isTrue();
            interval.followed(at, 2 * LITTLE, LITTLE);
        }
    }

    @Test
    void whatIsSettledIsFollowedLessAndLessOften() {
        interval.followed(2_000, 2 * LITTLE, LITTLE);
        interval.followed(4_000, LITTLE / 2, LITTLE);
        assertThat(waits(4_000)).isEqualTo(4_000);
        interval.followed(8_000, LITTLE / 2, LITTLE);
        assertThat(waits(8_000)).isEqualTo(8_000);
        interval.followed(16_000, LITTLE / 2, LITTLE);
        assertThat(waits(16_000)).isEqualTo(10_000);
        interval.followed(26_000, LITTLE / 2, LITTLE);
        assertThat(waits(26_000)).isEqualTo(10_000);
    }

    @Test
    void whatMovesAgainIsFollowedTwiceAsOften() {
        settle();
        interval.followed(22_000, 2 * LITTLE, LITTLE);
        assertThat(waits(22_000)).isEqualTo(10_000);
        interval.followed(32_000, 4 * LITTLE, LITTLE);
        assertThat(waits(32_000)).isEqualTo(6_000);
        interval.followed(38_000, Double.POSITIVE_INFINITY, LITTLE);
        assertThat(waits(38_000)).isEqualTo(4_000);
    }

    @Test
    void aFirstTimeThatComesLateCountsAsOneMilestone() {
        interval.followed(12_000, 0, LITTLE);
        assertThat(waits(12_000)).isEqualTo(4_000);
        interval.followed(22_000, 0, LITTLE);
        interval.shorten();
        interval.followed(30_000, 0, LITTLE);
        assertThat(waits(30_000)).isEqualTo(4_000);
    }

    @Test
    void aMilestoneThatComesEarlyChangesNothing() {
        settle();
        // An epoch's end.
        interval.followed(13_000, 0, LITTLE);
        assertThat(waits(13_000)).isEqualTo(10_000);
    }

    @Test
    void aChangeOfTheStreamIsFollowedAtOnce() {
        settle();
        interval.shorten();
        assertThat(interval.due(14_000)).isTrue();
    }

    @Test
    void aRestoredOneWaitsAsLong() {
        settle();
        ClustererState.Builder state = ClustererState.newBuilder();
        interval.save(state);
        FollowInterval restored = new FollowInterval();
        restored.restore(state.build());
        for (long at = 12_000; at < 30_000; at += 64) {
            assertThat(restored.due(at)).isEqualTo(interval.due(at));
        }
    }
}
