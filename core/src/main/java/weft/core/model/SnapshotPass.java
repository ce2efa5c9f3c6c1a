package weft.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Scores images with one snapshot on one thread; its buffers are made once.
public final class SnapshotPass {
    private final Encoder.Pass encoder;
    private final List<PipelineName> pipelines = new ArrayList<>();
    private final List<Clusterer.Pass> clusterers = new ArrayList<>();

    /// For those pipelines of the snapshot that are wanted.
    public SnapshotPass(Snapshot snapshot, Predicate<PipelineName> wanted) {
        encoder = snapshot.model().encoder().pass();
        for (Map.Entry<PipelineName, Clusterer> entry :
                snapshot.model().clusterers().entrySet()) {
            if (wanted.test(entry.getKey())) {
                pipelines.add(entry.getKey());
                clusterers.add(entry.getValue().pass());
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
        float[] code = encoder.encode(pixels, 0);
        for (int i = 0; i < clusterers.size(); i++) {
            Assignment assignment = clusterers.get(i).assign(code);
            visitor.assigned(pipelines.get(i), assignment, clusterers.get(i).objective());
        }
    }
}
