package weft.monitoring.page;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.wire.Deployment;

/// Which snapshot answers for a pipeline: its model's newest, unless somebody has decided otherwise.
final class Serving {
    private final Map<ModelName, Decided> decided = new HashMap<>();

    /// @param pinned the version that it names, where that could be read
    private record Decided(Deployment deployment, Optional<PageState.Published> pinned) {}

    /// A snapshot, and what it calls the pipeline that was asked for.
    record Answering(PageState.Published published, PipelineName pipeline) {
        Snapshot snapshot() {
            return published.snapshot();
        }
    }

    void decide(Deployment deployment, Optional<PageState.Published> pinned) {
        decided.put(deployment.model(), new Decided(deployment, pinned));
    }

    /// @param newest of each model, by its name
    Optional<Answering> of(PipelineName pipeline, Map<String, PageState.Published> newest) {
        Decided deployment = decided.get(pipeline.owner());
        ModelName model =
                deployment == null ? pipeline.owner() : deployment.deployment().serving();
        PageState.@Nullable Published serving =
                deployment != null && deployment.pinned().isPresent()
                        ? deployment.pinned().get()
                        : newest.get(model.toString());
        PipelineName answering = pipeline.of(model.run());
        return Optional.ofNullable(serving)
                .filter(published -> published.snapshot().model().clusterers().containsKey(answering))
                .map(published -> new Answering(published, answering));
    }
}
