package weft.scorer.labels;

import weft.core.model.PipelineName;
import weft.scorer.quality.Slice;
import weft.scorer.quality.TallyName;

/// What a label counts for once it is known.
///
/// @param tally what it is counted for
public record Judgement(TallyName tally, Slice slice, int cluster) {
    /// Of a pipeline whose own run judged.
    public Judgement(PipelineName pipeline, Slice slice, int cluster) {
        this(TallyName.of(pipeline), slice, cluster);
    }
}
