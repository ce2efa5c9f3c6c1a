package weft.trainer.learn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import weft.core.model.ClusterFacts;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.PipelineName;
import weft.core.model.Ranks;
import weft.core.model.Spread;
import weft.core.model.Strangeness;
import weft.kafka.wire.FactsCodec;
import weft.trainer.cluster.Codes;
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
    private final List<Optional<Told>> told = new ArrayList<>();
    private boolean found;

    /// What a survey told of a pipeline's clusters.
    ///
    /// @param reseeds of the pipeline so far
    private record Told(Spread spread, Optional<Ranks> ranks, long reseeds) {}

    ClusterHistory(ModelPlan plan) {
        pipelines = plan.pipelines();
        surveyed = plan.recipe().surveyed();
        familiar = new Familiar(plan.shape(), plan.options().seed());
        pipelines.forEach(pipeline -> {
            lineages.add(new Lineage(pipeline, surveyed));
            told.add(Optional.empty());
        });
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

    /// Says that the window lost its older images.
    void forget() {
        Collections.fill(told, Optional.empty());
        familiar.forget();
    }

    /// Says that the stream has changed.
    void changed(long imagesSeen) {
        familiar.changed(imagesSeen);
    }

    /// What most images of the window look like.
    Optional<Strangeness> strangeness() {
        return familiar.latest();
    }

    /// What has come of a milestone.
    ///
    /// @param followed whether each pipeline was fitted to the window and has stored the new clusters itself
    /// @param codes of the window, where it was encoded
    /// @param reseeds of each pipeline so far
    record Milestone(
            BitSet followed,
            Optional<Codes> codes,
            Encoder encoder,
            List<Clusterer> clusterers,
            List<Long> reseeds,
            long imagesSeen) {}

    /// Compares the clusters of the window's newest images before a milestone and after it.
    ///
    /// Clusters that learn step by step move slowly. Once they are found, those of a pipeline are looked at
    /// where it was fitted or a cluster was put elsewhere, and else only now and then.
    /// Where few images are looked at, which is where more come in between, they are looked at always.
    List<Happening> milestone(RecentImages window, Stored before, Milestone now) {
        int[] indexes = before.indexes;
        if (indexes.length == 0) {
            return List.of();
        }
        boolean all = familiar.milestone(window, now.imagesSeen) || !found || surveyed < FOUND;
        List<Integer> due = IntStream.range(0, lineages.size())
                .filter(c -> all || now.followed.get(c) || untold(c, now.reseeds))
                .boxed()
                .toList();
        List<Happening> events = new ArrayList<>();
        Optional<Survey> made = survey(window, indexes, now.codes, now.encoder, now.clusterers, due, true);
        for (int n = 0; n < due.size(); n++) {
            int c = due.get(n);
            Survey survey = made.orElseThrow();
            told.set(c, Optional.of(new Told(survey.spread(n), survey.ranks(n), now.reseeds.get(c))));
            int[] after = survey.clusters(n);
            if (found) {
                events.addAll(lineages.get(c).compare(before.clusters.get(c), after, now.clusterers.get(c)));
            } else {
                lineages.get(c).begin(now.clusterers.get(c));
            }
            for (int i = 0; i < after.length && !now.followed.get(c); i++) {
                window.cluster(c, indexes[i], after[i]);
            }
        }
        found = now.imagesSeen >= FOUND;
        return events;
    }

    /// Whether nothing is told of a pipeline's clusters as they are.
    private boolean untold(int pipeline, List<Long> reseeds) {
        return told.get(pipeline)
                .filter(last -> last.reseeds == reseeds.get(pipeline))
                .isEmpty();
    }

    /// Looks at the clusters of these pipelines; empty where they are none.
    private Optional<Survey> survey(
            RecentImages window,
            int[] indexes,
            Optional<Codes> codes,
            Encoder encoder,
            List<Clusterer> clusterers,
            List<Integer> due,
            boolean keep) {
        return due.isEmpty()
                ? Optional.empty()
                : Optional.of(Survey.of(
                        window,
                        indexes,
                        codes,
                        encoder,
                        due.stream().map(clusterers::get).toList(),
                        familiar.latest(),
                        keep));
    }

    /// What a snapshot tells of the clusters; empty where the window has no image to tell by.
    ///
    /// What has to be looked at for it is looked at for this snapshot alone: it may come at any time, and so must
    /// change nothing.
    Map<PipelineName, ClusterFacts> facts(
            RecentImages window, Encoder encoder, List<Clusterer> clusterers, List<Long> reseeds) {
        int[] indexes = Survey.newest(window, surveyed);
        if (indexes.length == 0) {
            return Map.of();
        }
        List<Integer> due = IntStream.range(0, told.size())
                .filter(c -> untold(c, reseeds))
                .boxed()
                .toList();
        Optional<Survey> survey = survey(window, indexes, Optional.empty(), encoder, clusterers, due, false);
        Map<PipelineName, ClusterFacts> facts = new LinkedHashMap<>();
        for (int c = 0; c < lineages.size(); c++) {
            int place = due.indexOf(c);
            Told of = place < 0
                    ? told.get(c).orElseThrow()
                    : new Told(
                            survey.orElseThrow().spread(place),
                            survey.orElseThrow().ranks(place),
                            reseeds.get(c));
            facts.put(
                    pipelines.get(c),
                    new ClusterFacts(of.spread, lineages.get(c).generations(), of.ranks));
        }
        return facts;
    }

    /// What a checkpoint tells of the clusters of a pipeline.
    void save(int pipeline, SavedClusterer.Builder message) {
        List<Integer> generations = lineages.get(pipeline).generations();
        message.addAllGenerations(generations).addAllDead(lineages.get(pipeline).dead());
        told.get(pipeline)
                .ifPresent(last -> message.setTold(FactsCodec.message(
                                pipelines.get(pipeline), new ClusterFacts(last.spread, generations, last.ranks)))
                        .setToldReseeds(last.reseeds));
    }

    /// Takes it.
    void restore(int pipeline, SavedClusterer saved, long imagesSeen) {
        lineages.get(pipeline).restore(saved.getGenerationsList(), saved.getDeadList());
        if (saved.hasTold()) {
            ClusterFacts last = FactsCodec.facts(saved.getTold());
            told.set(pipeline, Optional.of(new Told(last.spread(), last.ranks(), saved.getToldReseeds())));
        }
        found = imagesSeen >= FOUND;
    }

    void save(Checkpoint.Builder message) {
        familiar.save(message);
    }

    void restore(Checkpoint saved) {
        familiar.restore(saved);
    }
}
