package weft.core.model;

import java.util.List;

/// What a snapshot knows of the clusters of one pipeline beside where they are.
///
/// @param spread of the last images
/// @param generations how often each cluster has become another one: what an id meant in one generation says nothing
///     about the next
public record ClusterFacts(Spread spread, List<Integer> generations) {
    public ClusterFacts {
        generations = List.copyOf(generations);
        if (spread.quantiles().rows() != generations.size()) {
            throw new IllegalArgumentException("quantiles of "
                    + spread.quantiles().rows() + " clusters do not fit to " + generations.size() + " generations");
        }
    }
}
