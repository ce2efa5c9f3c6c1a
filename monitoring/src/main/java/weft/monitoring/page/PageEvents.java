package weft.monitoring.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.StreamEvent.Kind;

/// The last events, of any kind and of those that are marked in the curves, in bounded memory.
///
/// Not for several threads without a lock.
final class PageEvents {
    static final int LATEST = 12;
    static final int MARKS = 40;

    private static final Set<Kind> MARKED = Set.of(Kind.DRIFT, Kind.DRIFT_OVER, Kind.ROLLBACK, Kind.PROMOTION);

    private static final int MOST_DETAILS = 12;
    private static final int MOST_TEXT = 200;

    private final Deque<StreamEvent> latest = new ArrayDeque<>();
    private final Deque<StreamEvent> marks = new ArrayDeque<>();

    /// Takes the next event.
    ///
    /// @throws IllegalArgumentException where its model or pipeline cannot be called so
    void add(StreamEvent event) {
        ModelName.parse(event.model());
        event.pipeline().ifPresent(PipelineName::parse);
        StreamEvent small = new StreamEvent(
                event.at(),
                event.kind(),
                event.model(),
                event.modelVersion(),
                event.imagesSeen(),
                event.pipeline(),
                shortened(event.details()));
        keep(latest, small, LATEST);
        if (MARKED.contains(event.kind())) {
            keep(marks, small, MARKS);
        }
    }

    private static void keep(Deque<StreamEvent> events, StreamEvent event, int most) {
        events.addFirst(event);
        if (events.size() > most) {
            events.removeLast();
        }
    }

    /// What a line of text can say: no lists, and no more of a text than a line holds.
    private static Map<String, Object> shortened(Map<String, Object> details) {
        Map<String, Object> small = new TreeMap<>();
        new TreeMap<>(details).forEach((name, value) -> {
            if (small.size() < MOST_DETAILS && name.length() <= MOST_TEXT) {
                if (value instanceof String text) {
                    small.put(name, text.substring(0, Math.min(MOST_TEXT, text.length())));
                } else if (value instanceof Number || value instanceof Boolean) {
                    small.put(name, value);
                }
            }
        });
        return small;
    }

    /// The newest of any kind, newest first.
    List<StreamEvent> latest() {
        return List.copyOf(latest);
    }

    /// The newest of the kinds that are marked in the curves, newest first.
    List<StreamEvent> marks() {
        return List.copyOf(marks);
    }
}
