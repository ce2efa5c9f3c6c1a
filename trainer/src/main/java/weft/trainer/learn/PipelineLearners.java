package weft.trainer.learn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import weft.core.model.ClusterFacts;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.PipelineName;
import weft.core.model.Strangeness;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.cluster.Codes;
import weft.trainer.drift.OnDrift;
import weft.trainer.proto.Checkpoint;
import weft.trainer.proto.SavedClusterer;

/// The clusterers of a model's pipelines, the window of the last images that they are fitted to, and what becomes of
/// their clusters.
final class PipelineLearners {
    private final List<PipelineName> pipelines;
    private final List<ClustererLearner> learners = new ArrayList<>();
    private final RecentImages window;
    private final ClusterHistory history;
    private final int[] clusters;

    PipelineLearners(ModelPlan plan, Optional<Checkpoint> saved) {
        pipelines = plan.pipelines();
        window = new RecentImages(plan.shape(), plan.window(), pipelines.size());
        history = new ClusterHistory(plan);
        clusters = new int[plan.options().batch()];
        for (int i = 0; i < pipelines.size(); i++) {
            int index = i;
            learners.add(plan.recipe()
                    .clusterer(
                            pipelines.get(i),
                            saved.map(message -> message.getPipelines(index).getState())));
        }
    }

    /// Learns from a mini-batch, whose images go to the window.
    void learn(MiniBatch batch, Codes codes) {
        int images = batch.size();
        int first = Math.min(window.size(), window.capacity() - images);
        batch.moveTo(window);
        for (int c = 0; c < learners.size(); c++) {
            learners.get(c).learn(codes, clusters);
            for (int i = 0; i < images; i++) {
                window.cluster(c, first + i, clusters[i]);
            }
        }
    }

    /// Whether every clusterer has had its first fit.
    boolean ready() {
        return learners.stream().allMatch(ClustererLearner::started);
    }

    /// Fits them to the window as the encoder sees it now.
    ///
    /// @param before the encoder that they followed last, where codes move
    /// @param epochEnd whether an epoch ends here
    /// @return how far the encoder has moved, where that was measured
    /// @throws DivergedException where the encoder no longer tells images apart
    Followed follow(Encoder encoder, Optional<Encoder> before, long imagesSeen, boolean epochEnd) {
        ClusterHistory.Stored had = history.stored(window);
        BitSet wants = new BitSet();
        for (int c = 0; c < learners.size(); c++) {
            ClustererLearner learner = learners.get(c);
            wants.set(c, learner.wantsWindow(imagesSeen) || (epochEnd && learner.followsCodes()));
        }
        Optional<Double> moved = Optional.empty();
        Optional<Codes> codes = Optional.empty();
        if (wants.isEmpty()
                && learners.stream().anyMatch(ClustererLearner::followsCodes)
                && EncodedWindow.collapsed(window, encoder)) {
            throw collapsed();
        }
        if (!wants.isEmpty()) {
            EncodedWindow encoded = EncodedWindow.of(window, encoder, before);
            moved = Optional.of(encoded.drift());
            codes = Optional.of(encoded.codes());
            if (encoded.collapsed()) {
                throw collapsed();
            }
            for (int c = wants.nextSetBit(0); c >= 0; c = wants.nextSetBit(c + 1)) {
                int[] stored = encoded.clusters(c);
                learners.get(c).follow(encoded.codes(), stored, imagesSeen);
                encoded.store(c, stored);
            }
        }
        learners.forEach(learner -> learner.milestone(imagesSeen));
        List<Happening> events = ready()
                ? history.milestone(
                        window,
                        had,
                        new ClusterHistory.Milestone(
                                wants, codes, encoder, List.copyOf(learnt().values()), reseedCounts(), imagesSeen))
                : List.of();
        return new Followed(moved, events);
    }

    private static DivergedException collapsed() {
        return new DivergedException("every image has the same code, though the images differ");
    }

    /// What came of a milestone.
    ///
    /// @param moved the encoder's way since they followed it last, as a share of the codes' variance; empty where
    ///     they did not follow it
    record Followed(Optional<Double> moved, List<Happening> events) {}

    /// The stream has changed; what came before is let go of where the user has chosen so.
    ///
    /// @param images that have come since
    void changed(int images, OnDrift onDrift, long imagesSeen) {
        history.changed(imagesSeen);
        if (onDrift != OnDrift.REPORT) {
            window.keepNewest(images);
            history.forget();
            learners.forEach(learner -> learner.forget(images, onDrift == OnDrift.REFIT));
        }
    }

    void remember() {
        learners.forEach(ClustererLearner::remember);
    }

    /// The clusterers as they are now; only once they are [#ready].
    Map<PipelineName, Clusterer> learnt() {
        Map<PipelineName, Clusterer> learnt = new LinkedHashMap<>();
        for (int c = 0; c < learners.size(); c++) {
            learnt.put(pipelines.get(c), learners.get(c).clusterer());
        }
        return Collections.unmodifiableMap(learnt);
    }

    /// What a snapshot of these clusterers tells of their clusters.
    Map<PipelineName, ClusterFacts> facts(Encoder encoder, Map<PipelineName, Clusterer> learnt) {
        return history.facts(window, encoder, List.copyOf(learnt.values()), reseedCounts());
    }

    /// By which those facts rank images, where they do.
    Optional<Strangeness> strangeness() {
        return history.strangeness();
    }

    void measures(BiConsumer<String, Double> to) {
        for (int c = 0; c < learners.size(); c++) {
            PipelineName pipeline = pipelines.get(c);
            learners.get(c).measures().forEach((measure, value) -> to.accept(pipeline + "." + measure, value));
        }
    }

    Map<PipelineName, Long> reseeds() {
        Map<PipelineName, Long> reseeds = new LinkedHashMap<>();
        for (int c = 0; c < learners.size(); c++) {
            reseeds.put(pipelines.get(c), learners.get(c).reseeds());
        }
        return reseeds;
    }

    private List<Long> reseedCounts() {
        return learners.stream().map(ClustererLearner::reseeds).toList();
    }

    void save(Checkpoint.Builder message) {
        message.setWindow(window.save());
        history.save(message);
        for (int c = 0; c < learners.size(); c++) {
            SavedClusterer.Builder saved =
                    SavedClusterer.newBuilder().setState(learners.get(c).save());
            history.save(c, saved);
            for (int i = 0; i < window.size(); i++) {
                saved.addWindowClusters(window.cluster(c, i));
            }
            message.addPipelines(saved);
        }
    }

    /// Takes the window of a checkpoint; the learners have been made of theirs.
    void restore(Checkpoint saved, ImageLog log) {
        window.restore(saved.getWindow(), log);
        history.restore(saved);
        for (int c = 0; c < learners.size(); c++) {
            history.restore(c, saved.getPipelines(c), saved.getImagesSeen());
            for (int i = 0; i < window.size(); i++) {
                window.cluster(c, i, saved.getPipelines(c).getWindowClusters(i));
            }
        }
    }
}
