package weft.core.model;

import java.util.List;
import java.util.Optional;

/// What a snapshot knows of the clusters of one pipeline beside where they are.
///
/// @param spread of the last images
/// @param generations how often each cluster has become another one: what an id meant in one generation says nothing
///     about the next
/// @param ranks of the last images by their strangeness; empty where the snapshot cannot tell that
public record ClusterFacts(Spread spread, List<Integer> generations, Optional<Ranks> ranks) {
    public ClusterFacts {
        generations = List.copyOf(generations);
        if (spread.quantiles().rows() != generations.size()) {
            throw new IllegalArgumentException("quantiles of "
                    + spread.quantiles().rows() + " clusters do not fit to " + generations.size() + " generations");
        }
        if (ranks.isPresent() && ranks.get().quantiles().rows() != generations.size()) {
            throw new IllegalArgumentException("ranks of "
                    + ranks.get().quantiles().rows() + " clusters do not fit to " + generations.size()
                    + " generations");
        }
    }

    /// Without ranks.
    public ClusterFacts(Spread spread, List<Integer> generations) {
        this(spread, generations, Optional.empty());
    }
}
