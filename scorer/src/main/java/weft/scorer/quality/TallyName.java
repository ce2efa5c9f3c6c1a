package weft.scorer.quality;

import weft.core.model.ModelName;
import weft.core.model.PipelineName;

/// What is counted by itself: a pipeline as one run of its model answers it.
///
/// Clusters of two runs are not the same clusters, so a promotion must not mix their counts. The own run of a
/// pipeline is counted under the pipeline's name, as ever, another one under `raw-kmeans-10~wide`.
///
/// @param pipeline as it is scored here
/// @param run whose snapshots answer
public record TallyName(PipelineName pipeline, String run) {
    private static final char PARTS = '~';

    public TallyName {
        ModelName.checkRun(run);
    }

    /// A pipeline as its own run answers it.
    public static TallyName of(PipelineName pipeline) {
        return new TallyName(pipeline, pipeline.owner().run());
    }

    /// Parses what [#toString] gives.
    ///
    /// @throws IllegalArgumentException that names it
    public static TallyName parse(String text) {
        int end = text.indexOf(PARTS);
        return end < 0
                ? of(PipelineName.parse(text))
                : new TallyName(PipelineName.parse(text.substring(0, end)), text.substring(end + 1));
    }

    /// Whether the pipeline's own run answers.
    public boolean own() {
        return run.equals(pipeline.owner().run());
    }

    /// As of [PipelineName#hashCode].
    @Override
    public int hashCode() {
        return 31 * pipeline.hashCode() + run.hashCode();
    }

    @Override
    public String toString() {
        return own() ? pipeline.toString() : pipeline + "" + PARTS + run;
    }
}
