package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static weft.monitoring.page.Seen.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The strangest images of the last hour.
class StrangeImagesTest {
    private static final String PIPELINE = "raw-kmeans-2";

    private final StrangeImages strange = new StrangeImages(3);

    private void add(String id, double outlier, Instant scoredAt) {
        strange.add(Seen.strange(id, PIPELINE, outlier, scoredAt), NOW);
    }

    private List<String> strangest(int most, Instant now) {
        return strange.strangest(PIPELINE, most, now).stream()
                .map(one -> one.image().id())
                .toList();
    }

    @Test
    void theStrangestComeFirstAndAFewAreKept() {
        for (int i = 0; i < 1_000; i++) {
            add("i" + i, (i * 37 % 1_000) / 1_000.0, NOW);
        }

        // 37 · 27 = 999, 37 · 54 = 998 and 37 · 81 = 997, modulo 1,000.
        assertThat(strangest(10, NOW)).containsExactly("i27", "i54", "i81");
        assertThat(strangest(2, NOW)).containsExactly("i27", "i54");
        assertThat(strange.strangest(PIPELINE, 1, NOW).getFirst().outlier()).isEqualTo(0.999);
        assertThat(strange.find("i54")).isPresent();
        assertThat(strange.find("i1")).isEmpty();
        assertThat(strange.strangest("ae-gmm-2", 10, NOW)).isEmpty();
    }

    @Test
    void anHourIsKept() {
        add("old", 0.99, NOW.minus(Duration.ofMinutes(61)));
        add("young", 0.5, NOW.minus(Duration.ofMinutes(50)));
        add("new", 0.4, NOW);

        assertThat(strangest(10, NOW)).containsExactly("young", "new");
        assertThat(strangest(10, NOW.plus(Duration.ofMinutes(15)))).containsExactly("new");
        assertThat(strangest(10, NOW.plus(Duration.ofMinutes(61)))).isEmpty();
    }

    @Test
    void whatIsSaidToComeFromTheFutureGoesLikeTheRest() {
        add("future", 0.99, NOW.plus(Duration.ofDays(1_000)));

        assertThat(strangest(10, NOW)).containsExactly("future");
        assertThat(strangest(10, NOW.plus(Duration.ofMinutes(61)))).isEmpty();
    }

    @Test
    void anImageOfTwoEpochsIsShownOnce() {
        add("twice", 0.9, NOW.minus(Duration.ofMinutes(10)));
        add("twice", 0.8, NOW);
        add("again", 0.7, NOW);
        add("again", 0.6, NOW);

        assertThat(strange.strangest(PIPELINE, 10, NOW))
                .extracting(StrangeImages.Strange::outlier)
                .containsExactly(0.9, 0.6);
    }

    @Test
    void whoDoesNotTellIsNotStrange() {
        strange.add(Seen.image("a", 1, Map.of(PIPELINE, 1)), NOW);

        assertThat(strangest(10, NOW)).isEmpty();
    }

    @Test
    void madeUpPipelinesTakeNoMemory() {
        for (int i = 0; i < 1_000; i++) {
            strange.add(Seen.strange("i" + i, "made-up-" + i, 0.9, NOW), NOW);
        }

        assertThat(strange.find("i999")).isEmpty();
        assertThat(strange.strangest("made-up-31", 10, NOW)).hasSize(1);
        assertThat(strange.strangest("made-up-32", 10, NOW)).isEmpty();
    }
}
