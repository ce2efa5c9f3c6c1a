package weft.scorer.models;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.wire.Deployment;

/// A place that is scored, with what was decided for it last.
final class Place {
    private final List<PipelineName> pipelines;
    private final boolean publishChallengers;
    private Deployment deployment;
    private Seating champion;
    private List<Seating> challengers = List.of();
    private Optional<Snapshot> pinned = Optional.empty();

    Place(ModelName model, List<PipelineName> pipelines, boolean publishChallengers) {
        this.pipelines = List.copyOf(pipelines);
        this.publishChallengers = publishChallengers;
        deployment = Deployment.none(model);
        champion = Seating.champion(model, pipelines);
    }

    ModelName model() {
        return deployment.model();
    }

    Deployment deployment() {
        return deployment;
    }

    /// Takes a decision over.
    ///
    /// @param snapshot of the version that it names
    void deploy(Deployment decided, Optional<Snapshot> snapshot) {
        deployment = decided;
        pinned = snapshot;
        if (!champion.model().equals(decided.serving())) {
            champion = Seating.champion(decided.serving(), pipelines);
        }
        List<Seating> now = new ArrayList<>();
        for (String run : decided.challengers()) {
            ModelName rival = decided.rival(run);
            now.add(challengers.stream()
                    .filter(known -> known.model().equals(rival))
                    .findFirst()
                    .orElseGet(() -> Seating.challenger(rival, pipelines, publishChallengers)));
        }
        challengers = List.copyOf(now);
    }

    /// The pipelines that a model's snapshots must have for this place; none where it plays no part here.
    Set<PipelineName> needs(ModelName model) {
        Set<PipelineName> needed = new LinkedHashSet<>();
        boolean concerned = model.equals(model())
                || model.equals(champion.model())
                || challengers.stream().anyMatch(one -> one.model().equals(model));
        if (concerned) {
            needed.addAll(as(model.run()));
        }
        return needed;
    }

    /// The place's pipelines as a run calls them.
    List<PipelineName> as(String run) {
        return pipelines.stream().map(pipeline -> pipeline.of(run)).toList();
    }

    /// The place with the snapshots that there are now.
    Slot slot(Function<ModelName, List<Snapshot>> known) {
        return new Slot(
                model(),
                new Rival(champion, serving(known.apply(champion.model()))),
                challengers.stream()
                        .map(one -> new Rival(one, known.apply(one.model())))
                        .toList());
    }

    /// From the pinned one on, where one is.
    private List<Snapshot> serving(List<Snapshot> newestFirst) {
        if (pinned.isEmpty()) {
            return newestFirst;
        }
        List<Snapshot> serving = new ArrayList<>();
        serving.add(pinned.get());
        newestFirst.stream()
                .filter(one -> one.version() < pinned.get().version())
                .forEach(serving::add);
        return serving;
    }
}
