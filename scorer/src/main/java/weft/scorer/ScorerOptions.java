package weft.scorer;

import java.nio.file.Path;
import java.util.List;
import weft.core.model.PipelineName;
import weft.scorer.labels.LabelPolicy;

/// What a scorer is to do.
///
/// @param state folder of this instance alone
/// @param threads at most one for each partition is of use
/// @param labels how long images wait for them
public record ScorerOptions(List<PipelineName> pipelines, Path state, int threads, LabelPolicy labels) {
    public ScorerOptions {
        pipelines = List.copyOf(pipelines);
    }
}
