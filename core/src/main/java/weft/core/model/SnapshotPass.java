package weft.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Scores images with one snapshot on one thread; its buffers are made once.
public final class SnapshotPass {
    private final Snapshot snapshot;
    private final Encoder.Pass encoder;
    private final StrangenessPasses.@Nullable Shared measuring;
    private final StrangenessPasses passes;
    private final boolean alone;
    private final List<PipelineName> pipelines = new ArrayList<>();
    private final List<Clusterer.Pass> clusterers = new ArrayList<>();
    private final List<Optional<ClusterFacts>> facts = new ArrayList<>();
    private float[] scored = {};

    /// For those pipelines of the snapshot that are wanted.
    public SnapshotPass(Snapshot snapshot, Predicate<PipelineName> wanted) {
        this(snapshot, wanted, new StrangenessPasses(), true);
    }

    /// The same, beside other snapshots of the thread.
    ///
    /// @param passes of the thread, which is told of each next image
    public SnapshotPass(Snapshot snapshot, Predicate<PipelineName> wanted, StrangenessPasses passes) {
        this(snapshot, wanted, passes, false);
    }

    private SnapshotPass(Snapshot snapshot, Predicate<PipelineName> wanted, StrangenessPasses passes, boolean alone) {
        this.passes = passes;
        this.alone = alone;
        this.snapshot = snapshot;
        measuring = snapshot.strangeness().map(passes::of).orElse(null);
        encoder = snapshot.model().encoder().pass();
        for (Map.Entry<PipelineName, Clusterer> entry :
                snapshot.model().clusterers().entrySet()) {
            if (wanted.test(entry.getKey())) {
                pipelines.add(entry.getKey());
                clusterers.add(entry.getValue().pass());
                facts.add(Optional.ofNullable(snapshot.facts().get(entry.getKey())));
            }
        }
    }

    /// Takes the assignment of one pipeline.
    public interface Visitor {
        /// Called once for each pipeline, in their order.
        ///
        /// @param objective squared distance or log-likelihood, as [Clusterer.Pass#objective]
        void assigned(PipelineName pipeline, Assignment assignment, double objective);
    }

    /// Encodes the image once and assigns it in every pipeline.
    ///
    /// @param pixels values from 0 to 1
    public void score(float[] pixels, Visitor visitor) {
        scored = pixels;
        if (alone) {
            passes.next();
        }
        float[] code = encoder.encode(pixels, 0);
        for (int i = 0; i < clusterers.size(); i++) {
            Clusterer.Pass pass = clusterers.get(i);
            Assignment assignment = pass.assign(code);
            visitor.assigned(pipelines.get(i), assignment, pass.objective());
        }
    }

    /// How the image of the last [#score] stands in the cluster that it got; to be asked before its values change.
    ///
    /// @param objective of the image, as [Clusterer.Pass#objective]
    /// @return empty where the snapshot knows nothing of its clusters, or the pipeline is not wanted
    public Optional<Standing> standing(PipelineName pipeline, Assignment assignment, double objective) {
        int place = pipelines.indexOf(pipeline);
        if (place < 0 || facts.get(place).isEmpty()) {
            return Optional.empty();
        }
        ClusterFacts known = facts.get(place).get();
        int cluster = assignment.cluster();
        return Optional.of(new Standing(
                share(pipeline, known, cluster, objective), known.generations().get(cluster)));
    }

    private double share(PipelineName pipeline, ClusterFacts known, int cluster, double objective) {
        if (measuring == null || known.ranks().isEmpty()) {
            // An early release's: by the distance from the middle of the cluster.
            Clusterer clusterer =
                    Objects.requireNonNull(snapshot.model().clusterers().get(pipeline));
            return known.spread().share(cluster, clusterer.objective().strangeness(objective));
        }
        return known.ranks().get().share(cluster, measuring.of(scored));
    }
}
