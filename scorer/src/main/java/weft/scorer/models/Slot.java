package weft.scorer.models;

import java.util.List;
import java.util.stream.Stream;
import weft.core.model.ModelName;

/// A place that is scored: who serves it and who challenges.
///
/// @param model that gives the place and its pipelines their names
public record Slot(ModelName model, Rival champion, List<Rival> challengers) {
    public Slot {
        challengers = List.copyOf(challengers);
    }

    /// The champion, then its challengers.
    public List<Rival> rivals() {
        return Stream.concat(Stream.of(champion), challengers.stream()).toList();
    }
}
