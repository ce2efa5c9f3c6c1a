package weft.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An immutable model, as it was when it was published.
///
/// The version is the number of training images seen: it rises with every publication, and a training that is
/// repeated gives the same versions.
///
/// @param facts of the clusters, by pipeline; a snapshot of an early release has none
/// @param strangeness by which the facts' ranks are measured, where there are any
public record Snapshot(
        Model model, Provenance provenance, Map<PipelineName, ClusterFacts> facts, Optional<Strangeness> strangeness) {
    public Snapshot {
        if (strangeness.isPresent() && !strangeness.get().shape().equals(model.shape())) {
            throw new IllegalArgumentException(
                    "strangeness of images of " + strangeness.get().shape() + " in a model of " + model.shape());
        }
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

    /// Whose images are ranked by their distances alone.
    public Snapshot(Model model, Provenance provenance, Map<PipelineName, ClusterFacts> facts) {
        this(model, provenance, facts, Optional.empty());
    }

    public long version() {
        return provenance.imagesSeen();
    }
}
