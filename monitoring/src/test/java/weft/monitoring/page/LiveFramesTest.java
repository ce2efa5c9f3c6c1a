package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The newest frame, for clients of any speed.
class LiveFramesTest {
    private static final LiveFrames.View VIEW = new LiveFrames.View("ae-gmm-10", 0);

    private final AtomicInteger drawn = new AtomicInteger();

    @Test
    void aSlowClientFindsTheNewestFrameAndNoneBetween() throws InterruptedException {
        LiveFrames frames = new LiveFrames(10, _ -> "frame " + drawn.incrementAndGet());
        assertThat(frames.join(VIEW)).isTrue();
        frames.refresh();
        LiveFrames.Frame first = frames.awaitAfter(VIEW, 0, Duration.ZERO).orElseThrow();
        for (int i = 0; i < 10_000; i++) {
            frames.refresh();
        }
        LiveFrames.Frame next =
                frames.awaitAfter(VIEW, first.sequence(), Duration.ZERO).orElseThrow();
        assertThat(next.json()).isEqualTo("frame 10001");
        assertThat(frames.awaitAfter(VIEW, next.sequence(), Duration.ZERO)).isEmpty();
    }

    @Test
    void oneDrawingServesAllWhoLookAtTheSame() {
        LiveFrames frames = new LiveFrames(300, _ -> "frame " + drawn.incrementAndGet());
        for (int i = 0; i < 200; i++) {
            assertThat(frames.join(VIEW)).isTrue();
        }
        frames.refresh();
        assertThat(drawn).hasValue(1);
    }

    @Test
    void nothingIsDrawnForNobody() {
        LiveFrames frames = new LiveFrames(2, _ -> "frame " + drawn.incrementAndGet());
        assertThat(frames.join(VIEW)).isTrue();
        frames.leave(VIEW);
        frames.refresh();
        assertThat(drawn).hasValue(0);
    }

    @Test
    void moreClientsThanThereMayBeAreRefused() {
        LiveFrames frames = new LiveFrames(2, _ -> "frame");
        assertThat(frames.join(VIEW)).isTrue();
        assertThat(frames.join(new LiveFrames.View("raw-kmeans-10", 0))).isTrue();
        assertThat(frames.join(VIEW)).isFalse();
        frames.leave(VIEW);
        assertThat(frames.join(VIEW)).isTrue();
        assertThat(frames.clients()).isEqualTo(2);
    }

    @Test
    void whatHasNotChangedIsNotToldAgain() throws InterruptedException {
        LiveFrames frames = new LiveFrames(2, _ -> "always the same");
        assertThat(frames.join(VIEW)).isTrue();
        frames.refresh();
        long seen = frames.awaitAfter(VIEW, 0, Duration.ZERO).orElseThrow().sequence();
        frames.refresh();
        assertThat(frames.awaitAfter(VIEW, seen, Duration.ZERO)).isEmpty();
    }

    @Test
    void theEndLetsEverybodyGo() throws InterruptedException {
        LiveFrames frames = new LiveFrames(2, _ -> "frame");
        assertThat(frames.join(VIEW)).isTrue();
        frames.close();
        assertThat(frames.awaitAfter(VIEW, 0, Duration.ofHours(1))).isEmpty();
        assertThat(frames.join(VIEW)).isFalse();
    }
}
