package weft.scorer.labels;

import weft.core.model.PipelineName;
import weft.scorer.quality.Slice;

/// What a label counts for once it is known.
public record Judgement(PipelineName pipeline, Slice slice, int cluster) {}
