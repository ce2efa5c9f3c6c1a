package weft.scorer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import weft.core.model.PipelineName;
import weft.scorer.labels.LabelPolicy;

/// What a scorer is to do.
///
/// @param state folder of this instance alone
/// @param threads at most one for each partition is of use
/// @param labels how long images wait for them
/// @param maxModelAge beyond which what serves is stale, and the scorer not ready
/// @param publishChallengers whether assignments of challengers are emitted, too
public record ScorerOptions(
        List<PipelineName> pipelines,
        Path state,
        int threads,
        LabelPolicy labels,
        boolean publishChallengers,
        Optional<Duration> maxModelAge) {
    /// One that emits what serves alone.
    public ScorerOptions(List<PipelineName> pipelines, Path state, int threads, LabelPolicy labels) {
        this(pipelines, state, threads, labels, false, Optional.empty());
    }

    public ScorerOptions {
        pipelines = List.copyOf(pipelines);
    }
}
