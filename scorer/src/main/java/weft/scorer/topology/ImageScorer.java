package weft.scorer.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import weft.core.image.Image;
import weft.core.image.Split;
import weft.core.model.Objective;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;
import weft.scorer.labels.Judgement;
import weft.scorer.models.ModelRegistry;
import weft.scorer.quality.Slice;

/// Scores one image at a time with the snapshots in use; for one thread.
final class ImageScorer {
    private final ModelRegistry models;
    private final IdentityHashMap<Snapshot, SnapshotPass> passes = new IdentityHashMap<>();
    private final Map<String, Snapshot> inUse = new HashMap<>();
    private final float[] values;
    private final List<Scored> scored = new ArrayList<>();
    private final List<Judgement> judgements = new ArrayList<>();

    ImageScorer(ModelRegistry models) {
        this.models = models;
        values = new float[models.shape().values()];
    }

    /// Scores an image in every pipeline; [#scored] and [#judgements] tell the outcome until the next image.
    ///
    /// @param partition and `offset` of the image
    /// @return whether a snapshot is used for the first time
    boolean score(Image image, int partition, long offset) {
        scored.clear();
        judgements.clear();
        boolean swapped = false;
        image.values().toFloats(values, 0);
        for (String model : models.models()) {
            List<Snapshot> snapshots = models.snapshots(model);
            Snapshot live = snapshots.getFirst();
            Snapshot before = inUse.put(model, live);
            swapped |= before == null || before.version() != live.version();
            boolean trainedOn = trainedOn(live, image, partition, offset);
            Slice slice = slice(image, trainedOn);
            pass(live).score(values, (pipeline, assignment, objective) -> {
                scored.add(new Scored(
                        pipeline,
                        live.version(),
                        trainedOn,
                        assignment,
                        live.standing(pipeline, assignment, objective),
                        kind(live, pipeline),
                        objective));
                judgements.add(new Judgement(pipeline, slice, assignment.cluster()));
                if (image.split() == Split.TRAIN) {
                    judgements.add(new Judgement(pipeline, Slice.LIVE, assignment.cluster()));
                }
            });
            if (trainedOn && image.epoch() == 0) {
                judgeByOlder(snapshots, image, partition, offset);
            }
        }
        return swapped;
    }

    /// The newest snapshots' answers, in the order of the pipelines.
    List<Scored> scored() {
        return scored;
    }

    /// What a label of the image counts for.
    List<Judgement> judgements() {
        return judgements;
    }

    /// The trainer has overtaken: the honest judge is the newest snapshot from before this image.
    private void judgeByOlder(List<Snapshot> newestFirst, Image image, int partition, long offset) {
        // A later snapshot covers what an earlier one did, so the covering ones come first.
        int from = 1;
        int to = newestFirst.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (trainedOn(newestFirst.get(middle), image, partition, offset)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        if (from < newestFirst.size()) {
            pass(newestFirst.get(from))
                    .score(
                            values,
                            (pipeline, assignment, _) ->
                                    judgements.add(new Judgement(pipeline, Slice.PREQUENTIAL, assignment.cluster())));
        }
    }

    private static boolean trainedOn(Snapshot snapshot, Image image, int partition, long offset) {
        return image.split() == Split.TRAIN
                && (image.epoch() > 0 || snapshot.provenance().covers(partition, offset));
    }

    private static Objective kind(Snapshot snapshot, PipelineName pipeline) {
        return Objects.requireNonNull(snapshot.model().clusterers().get(pipeline))
                .objective();
    }

    private static Slice slice(Image image, boolean trainedOn) {
        if (image.split() == Split.TEST) {
            return Slice.TEST;
        }
        return trainedOn ? Slice.TRAINED : Slice.PREQUENTIAL;
    }

    /// The buffers for a snapshot, made at its first image; those of snapshots that are no longer kept go.
    private SnapshotPass pass(Snapshot snapshot) {
        SnapshotPass pass = passes.get(snapshot);
        if (pass == null) {
            pass = new SnapshotPass(snapshot, models::wants);
            passes.put(snapshot, pass);
            Set<Snapshot> kept = Collections.newSetFromMap(new IdentityHashMap<>());
            models.models().forEach(model -> kept.addAll(models.snapshots(model)));
            passes.keySet().removeIf(known -> !kept.contains(known));
        }
        return pass;
    }
}
