package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PublishPolicyTest {
    private final PublishPolicy policy = new PublishPolicy(2_000, Duration.ofSeconds(10));

    @Test
    void milestonesAreCrossedNotHit() {
        assertThat(policy.milestone(448, 512)).isTrue();
        assertThat(policy.milestone(499, 500)).isTrue();
        assertThat(policy.milestone(500, 564)).isFalse();
        assertThat(policy.milestone(1_984, 2_048)).isTrue();
        assertThat(policy.milestone(4_992, 5_056)).isTrue();
        assertThat(policy.milestone(5_056, 5_120)).isFalse();
        assertThat(policy.milestone(11_968, 12_032)).isTrue();
    }

    @Test
    void theFirstMilestoneHasEnoughImagesForEveryCluster() {
        assertThat(policy.first(10)).isEqualTo(500);
        assertThat(policy.first(501)).isEqualTo(2_000);
        assertThat(policy.first(10_001)).isEqualTo(12_000);
        assertThat(new PublishPolicy(64, Duration.ofSeconds(10)).first(100)).isEqualTo(128);
    }

    @Test
    void timeCountsOnlyWhereSomethingWasLearnt() {
        assertThat(policy.overdue(Duration.ofSeconds(10), true, false)).isTrue();
        assertThat(policy.overdue(Duration.ofSeconds(9), true, false)).isFalse();
        assertThat(policy.overdue(Duration.ofSeconds(60), false, false)).isFalse();
    }

    @Test
    void aMilestoneThatFollowsAnotherAtOnceWaitsHalfASecond() {
        assertThat(policy.mayWait(Duration.ofMillis(499), 22_016)).isTrue();
        assertThat(policy.mayWait(Duration.ofMillis(500), 22_016)).isFalse();
        assertThat(policy.overdue(Duration.ofMillis(499), true, true)).isFalse();
        assertThat(policy.overdue(Duration.ofMillis(500), true, true)).isTrue();
        assertThat(policy.overdue(Duration.ofMillis(500), false, true)).isFalse();

        assertThat(policy.mayWait(Duration.ofMillis(1), 20_000))
                .as("the start improves fast")
                .isFalse();
    }
}
