package weft.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import weft.core.image.Dataset;
import weft.core.image.Split;
import weft.core.metric.ContingencyTable;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;

/// All that one pass over the log has found: figures, and what the pictures are drawn from.
///
/// @param dataset what the images are
/// @param labels names of the labels, by their numbers
/// @param models the newest snapshot of each model, which everything here is about
/// @param history losses of every snapshot that the topic still has, by model, oldest first
public record Findings(
        Dataset dataset,
        List<String> labels,
        Report report,
        Map<String, Snapshot> models,
        Map<String, List<Losses>> history,
        Samples samples,
        FinalScores scores) {
    /// The losses of one snapshot, by their names.
    public record Losses(long version, Map<String, Double> values) {}

    /// The pipelines that were evaluated.
    public List<PipelineName> pipelines() {
        return models.values().stream()
                .flatMap(snapshot -> snapshot.model().clusterers().keySet().stream())
                .filter(scores::has)
                .toList();
    }

    /// Labelled images of a split by cluster and class.
    public ContingencyTable table(PipelineName pipeline, Split split) {
        return scores.table(pipeline, split);
    }

    /// The snapshot that a pipeline belongs to.
    public Snapshot snapshot(PipelineName pipeline) {
        return Objects.requireNonNull(models.get(pipeline.model()));
    }
}
