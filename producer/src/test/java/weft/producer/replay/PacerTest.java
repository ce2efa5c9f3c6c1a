package weft.producer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Hands steady = new Hands();
    private final Hands wall = new Hands();

    @Test
    void imagesAreDueEvenly() {
        Pacer pacer = new Pacer(Pace.of(4), steady, wall);
        pass(Duration.ofMillis(600));
        assertThat(next(pacer)).isEqualTo(START);
        assertThat(next(pacer)).isEqualTo(START.plusMillis(250));
        assertThat(next(pacer)).isEqualTo(START.plusMillis(500));
    }

    @Test
    void withoutARateEverythingIsDueNow() {
        Pacer pacer = new Pacer(Pace.of(0), steady, wall);
        assertThat(next(pacer)).isEqualTo(START);
        assertThat(next(pacer)).isEqualTo(START);
    }

    /// At full speed it holds back until those are ready who take the images, who may need images to get ready.
    @Test
    void fullSpeedBeginsOnceSomebodyIsReady() {
        AtomicBoolean ready = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        Pacer pacer = new Pacer(
                Pace.of(0).once(() -> {
                    asked.incrementAndGet();
                    return ready.get();
                }),
                steady,
                wall);
        pass(Duration.ofMillis(2));
        assertThat(next(pacer)).isEqualTo(START);
        assertThat(next(pacer)).isEqualTo(START.plusNanos(500_000));
        assertThat(next(pacer)).isEqualTo(START.plusNanos(1_000_000));
        ready.set(true);
        assertThat(next(pacer)).isEqualTo(START.plusMillis(2));
        ready.set(false);
        assertThat(next(pacer)).isEqualTo(START.plusMillis(2));
        assertThat(asked).hasValue(4);
    }

    /// A rate is one from the first image on.
    @Test
    void aRateWaitsForNobody() {
        Pacer pacer = new Pacer(Pace.of(10_000).once(() -> false), steady, wall);
        pass(Duration.ofMillis(1));
        assertThat(next(pacer)).isEqualTo(START);
        assertThat(next(pacer)).isEqualTo(START.plusNanos(100_000));
    }

    @Test
    void aStopEndsTheWait() {
        Pacer pacer = new Pacer(Pace.of(1), steady, wall);
        assertThat(next(pacer)).isEqualTo(START);
        assertThat(pacer.next(() -> true)).isEmpty();
        assertThat(new Pacer(Pace.of(0), steady, wall).next(() -> true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600, -86_400 * 365L})
    void aWallClockThatStepsDoesNotChangeThePace(long seconds) {
        Pacer pacer = new Pacer(Pace.of(4), steady, wall);
        assertThat(next(pacer)).isEqualTo(START);
        wall.now = wall.now.plusSeconds(seconds);
        pass(Duration.ofMillis(250));
        // Due now, and told by the clock as it goes now.
        assertThat(next(pacer)).isEqualTo(START.plusSeconds(seconds).plusMillis(250));
    }

    /// A laptop's lid, SIGSTOP: 400 s at 1,500 a second were 600,000 images in one burst.
    @Test
    void timeThatWasSleptIsNotMadeUpFor() {
        Pacer pacer = new Pacer(Pace.of(1_500), steady, wall);
        assertThat(next(pacer)).isEqualTo(START);
        pass(Duration.ofSeconds(400));
        Instant woken = wall.now;
        List<Instant> due = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            pass(Duration.ofNanos(1_000_000_000 / 1_500 + 1));
            due.add(next(pacer));
        }
        assertThat(due).isSorted().allSatisfy(time -> assertThat(time).isBetween(woken, wall.now));
        assertThat(Duration.between(due.getFirst(), due.getLast()))
                .isBetween(Duration.ofMillis(999), Duration.ofMillis(1_001));
    }

    @Test
    void anOrdinaryPauseIsMadeUpFor() {
        Pacer pacer = new Pacer(Pace.of(100), steady, wall);
        pass(Pacer.CATCH_UP);
        for (int i = 0; i <= 100; i++) {
            assertThat(next(pacer)).isEqualTo(START.plusMillis(10L * i));
        }
    }

    private static Instant next(Pacer pacer) {
        return pacer.next(() -> false).orElseThrow();
    }

    private void pass(Duration time) {
        steady.now = steady.now.plus(time);
        wall.now = wall.now.plus(time);
    }

    /// A clock that goes when it is told to.
    private static final class Hands extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
