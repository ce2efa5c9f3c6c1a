package weft.scorer.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.scorer.quality.TallyName;

/// Under which name each count is told right now: the champion's under the plain name of its place, a challenger's
/// under its own, others not at all.
public final class Roles {
    private final Map<TallyName, String> shown = new LinkedHashMap<>();

    /// As it is now.
    public Roles(ModelRegistry models) {
        for (Slot slot : models.slots()) {
            slot.rivals().stream()
                    .flatMap(rival -> rival.seating().seats().stream())
                    .forEach(seat -> shown.put(seat.tally(), seat.shown().toString()));
        }
    }

    /// The name of a count; empty where it is not told. What no place here scores keeps its own name.
    public Optional<String> shown(TallyName tally) {
        @Nullable String name = shown.get(tally);
        if (name != null) {
            return Optional.of(name);
        }
        boolean scoredHere =
                shown.keySet().stream().anyMatch(known -> known.pipeline().equals(tally.pipeline()));
        return scoredHere || !tally.own() ? Optional.empty() : Optional.of(tally.toString());
    }

    /// The count that is told under a name.
    public Optional<TallyName> tally(String name) {
        return shown.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Every name, in the order of the pipelines.
    public List<String> names() {
        return List.copyOf(shown.values());
    }

    /// Whether somebody else serves or challenges than before.
    public boolean differ(@Nullable Roles before) {
        return before == null || !shown.equals(before.shown);
    }
}
