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
/// @param paced whether images come at a set rate, so that what it writes is compressed; it costs the scorer and each
///     reader a tenth of their time
public record ScorerOptions(
        List<PipelineName> pipelines,
        Path state,
        int threads,
        LabelPolicy labels,
        boolean publishChallengers,
        Optional<Duration> maxModelAge,
        boolean paced) {
    /// One that emits what serves alone, compressed.
    public ScorerOptions(List<PipelineName> pipelines, Path state, int threads, LabelPolicy labels) {
        this(pipelines, state, threads, labels, false, Optional.empty(), true);
    }

    public ScorerOptions {
        pipelines = List.copyOf(pipelines);
    }
}
