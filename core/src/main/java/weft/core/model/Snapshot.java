package weft.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// An immutable model, as it was when it was published.
///
/// The version is the number of training images seen: it rises with every publication, and a training that is
/// repeated gives the same versions.
///
/// @param facts of the clusters, by pipeline; a snapshot of an early release has none
public record Snapshot(Model model, Provenance provenance, Map<PipelineName, ClusterFacts> facts) {
    public Snapshot {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        facts.forEach((pipeline, of) -> {
            if (!model.clusterers().containsKey(pipeline)) {
                throw new IllegalArgumentException(
                        "facts of pipeline " + pipeline + ", which model " + model.name() + " has not");
            }
            if (of.generations().size() != pipeline.k()) {
                throw new IllegalArgumentException(
                        "facts of " + of.generations().size() + " clusters of pipeline " + pipeline);
            }
        });
    }

    /// Without facts of the clusters.
    public Snapshot(Model model, Provenance provenance) {
        this(model, provenance, Map.of());
    }

    public long version() {
        return provenance.imagesSeen();
    }

    /// How an image stands in the cluster that it got.
    ///
    /// @param objective of the image, as [Clusterer.Pass#objective]
    /// @return empty where the snapshot knows nothing of its clusters
    public Optional<Standing> standing(PipelineName pipeline, Assignment assignment, double objective) {
        ClusterFacts known = facts.get(pipeline);
        if (known == null) {
            return Optional.empty();
        }
        double strangeness = Objects.requireNonNull(model.clusterers().get(pipeline))
                .objective()
                .strangeness(objective);
        return Optional.of(new Standing(
                known.spread().share(assignment.cluster(), strangeness),
                known.generations().get(assignment.cluster())));
    }
}
