package weft.scorer.models;

import java.util.List;
import weft.core.model.Snapshot;

/// A run that is scored in a place: the champion or a challenger.
///
/// @param seating the parts that it plays
/// @param newestFirst its snapshots, from the one in use on; empty before the first
public record Rival(Seating seating, List<Snapshot> newestFirst) {
    public Rival {
        newestFirst = List.copyOf(newestFirst);
    }
}
