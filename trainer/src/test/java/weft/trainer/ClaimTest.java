package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which of two trainers of a model goes on.
class ClaimTest {
    @Test
    void aTrainerWhoseClaimStandsWasNotReplaced() {
        Claim mine = Claim.parse("").next();

        assertThat(mine.isReplacedBy(Claim.parse(mine.text()))).isFalse();
    }

    @Test
    void aLaterTrainerReplacesAnEarlierOneAndNotTheOtherWayRound() {
        Claim earlier = Claim.parse("").next();
        Claim later = earlier.next();

        assertThat(earlier.isReplacedBy(later)).isTrue();
        assertThat(later.isReplacedBy(earlier)).isFalse();
    }

    @Test
    void ofTwoThatStartedAtOnceTheOneWhoseClaimStandsGoesOn() {
        Claim none = Claim.parse("");

        assertThat(none.next().isReplacedBy(none.next())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "somebody's own", "trainer x y", "trainer -1 a", "trainer 99999999999999999999 a"})
    void whatIsNoClaimCountsAsNone(String metadata) {
        assertThat(Claim.parse(metadata).generation()).isZero();
    }
}
