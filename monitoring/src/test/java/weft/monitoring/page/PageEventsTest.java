package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.StreamEvent.Kind;

/// The events that the page keeps.
class PageEventsTest {
    private final PageEvents events = new PageEvents();

    private static StreamEvent event(Kind kind, long images, Map<String, Object> details) {
        return new StreamEvent(Seen.NOW, kind, "raw", images, images, Optional.empty(), details);
    }

    @Test
    void manySplitsPushNoDriftOutOfTheCurves() {
        events.add(event(Kind.DRIFT, 7, Map.of()));
        for (int i = 0; i < 100; i++) {
            events.add(event(Kind.SPLIT, 100 + i, Map.of()));
        }

        assertThat(events.latest())
                .hasSize(PageEvents.LATEST)
                .first()
                .extracting(StreamEvent::imagesSeen)
                .isEqualTo(199L);
        assertThat(events.marks()).extracting(StreamEvent::imagesSeen).containsExactly(7L);
    }

    @Test
    void theMarksAreBoundedToo() {
        for (int i = 0; i < 100; i++) {
            events.add(event(Kind.ROLLBACK, i, Map.of()));
        }

        assertThat(events.marks())
                .hasSize(PageEvents.MARKS)
                .first()
                .extracting(StreamEvent::imagesSeen)
                .isEqualTo(99L);
    }

    @Test
    void whatALineCannotSayIsLeftOut() {
        events.add(event(
                Kind.SPLIT, 1, Map.of("cluster", 3, "why", "x".repeat(100_000), "centreNow", List.of(0.5, 0.25))));

        assertThat(events.latest().getFirst().details())
                .containsExactlyInAnyOrderEntriesOf(Map.of("cluster", 3, "why", "x".repeat(200)));
    }

    @Test
    void aModelThatCannotBeCalledSoIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.add(
                        new StreamEvent(Seen.NOW, Kind.DRIFT, "<b>raw</b>", 1, 1, Optional.empty(), Map.of())));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        events.add(new StreamEvent(Seen.NOW, Kind.BIRTH, "raw", 1, 1, Optional.of("raw"), Map.of())));
        assertThat(events.latest()).isEmpty();
    }
}
