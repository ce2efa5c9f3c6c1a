package weft.trainer.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.core.model.ClusterFacts;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.PipelineName;
import weft.core.model.Strangeness;
import weft.trainer.proto.Checkpoint;
import weft.trainer.proto.SavedClusterer;

/// What becomes of the clusters of a model's pipelines from milestone to milestone.
final class ClusterHistory {
    /// Training images until which clusters are still being found: until then nobody's ids mean anything.
    private static final long FOUND = 10_000;

    private final List<Lineage> lineages = new ArrayList<>();
    private final List<PipelineName> pipelines;
    private final int surveyed;
    private final Familiar familiar;
    private boolean found;

    /// Of the models as they are, where one was made.
    private @Nullable Survey latest;

    ClusterHistory(ModelPlan plan) {
        pipelines = plan.pipelines();
        surveyed = plan.recipe().surveyed();
        familiar = new Familiar(plan.shape(), plan.options().seed());
        pipelines.forEach(pipeline -> lineages.add(new Lineage(pipeline, surveyed)));
    }

    /// The clusters that the newest images of the window have.
    static final class Stored {
        private final int[] indexes;
        private final List<int[]> clusters = new ArrayList<>();

        private Stored(int[] indexes) {
            this.indexes = indexes;
        }
    }

    /// The clusters that the window's newest images have.
    Stored stored(RecentImages window) {
        Stored stored = new Stored(Survey.newest(window, surveyed));
        for (int c = 0; c < pipelines.size(); c++) {
            int[] clusters = new int[stored.indexes.length];
            for (int i = 0; i < clusters.length; i++) {
                clusters[i] = window.cluster(c, stored.indexes[i]);
            }
            stored.clusters.add(clusters);
        }
        return stored;
    }

    /// Says that something was learnt: a survey of before is out of date.
    void changed() {
        latest = null;
    }

    /// Says that the window lost its older images.
    void forget() {
        latest = null;
        familiar.forget();
    }

    /// What most images of the window look like.
    Optional<Strangeness> strangeness() {
        return familiar.latest();
    }

    /// Compares the clusters of the window's newest images before a milestone and after it.
    ///
    /// @param followed whether each pipeline has stored the new clusters itself
    List<Happening> milestone(
            RecentImages window,
            Stored before,
            boolean[] followed,
            Encoder encoder,
            List<Clusterer> clusterers,
            long imagesSeen) {
        if (before.indexes.length == 0) {
            return List.of();
        }
        familiar.milestone(window, imagesSeen);
        Survey survey = Survey.of(window, before.indexes, encoder, clusterers, familiar.latest());
        latest = survey;
        List<Happening> events = new ArrayList<>();
        for (int c = 0; c < lineages.size(); c++) {
            int[] now = survey.clusters(c);
            if (found) {
                events.addAll(lineages.get(c).compare(before.clusters.get(c), now, clusterers.get(c)));
            } else {
                lineages.get(c).begin(clusterers.get(c));
            }
            for (int i = 0; i < now.length && !followed[c]; i++) {
                window.cluster(c, before.indexes[i], now[i]);
            }
        }
        found = imagesSeen >= FOUND;
        return events;
    }

    /// What a snapshot tells of the clusters; empty where the window has no image to tell by.
    Map<PipelineName, ClusterFacts> facts(RecentImages window, Encoder encoder, List<Clusterer> clusterers) {
        Map<PipelineName, ClusterFacts> facts = new LinkedHashMap<>();
        int[] indexes = Survey.newest(window, surveyed);
        if (indexes.length > 0) {
            Survey survey =
                    latest == null ? Survey.of(window, indexes, encoder, clusterers, familiar.latest()) : latest;
            for (int c = 0; c < lineages.size(); c++) {
                facts.put(
                        pipelines.get(c),
                        new ClusterFacts(survey.spread(c), lineages.get(c).generations(), survey.ranks(c)));
            }
        }
        return facts;
    }

    List<Integer> generations(int pipeline) {
        return lineages.get(pipeline).generations();
    }

    List<Integer> dead(int pipeline) {
        return lineages.get(pipeline).dead();
    }

    /// Takes what a checkpoint tells of the clusters of a pipeline.
    void restore(int pipeline, SavedClusterer saved, long imagesSeen) {
        lineages.get(pipeline).restore(saved.getGenerationsList(), saved.getDeadList());
        found = imagesSeen >= FOUND;
    }

    void save(Checkpoint.Builder message) {
        familiar.save(message);
    }

    void restore(Checkpoint saved) {
        familiar.restore(saved);
    }
}
