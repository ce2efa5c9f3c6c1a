package weft.producer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = Clock.fixed(START, ZoneOffset.UTC);

    @Test
    void imagesAreDueEvenly() {
        Pacer pacer = new Pacer(4, clock);
        assertThat(pacer.next()).isEqualTo(START);
        assertThat(pacer.next()).isEqualTo(START.plusMillis(250));
        assertThat(pacer.next()).isEqualTo(START.plusMillis(500));
    }

    @Test
    void withoutARateEverythingIsDueNow() {
        Pacer pacer = new Pacer(0, clock);
        assertThat(pacer.next()).isEqualTo(START);
        assertThat(pacer.next()).isEqualTo(START);
    }

    @Test
    void aStopEndsTheWait() {
        Pacer pacer = new Pacer(1, clock);
        assertThat(pacer.await(START, () -> false)).isTrue();
        assertThat(pacer.await(START.plusSeconds(3600), () -> true)).isFalse();
    }
}
