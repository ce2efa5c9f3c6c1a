package weft.scorer.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import weft.core.image.Image;
import weft.core.image.Split;
import weft.core.model.Objective;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;
import weft.core.model.StrangenessPasses;
import weft.scorer.labels.Judgement;
import weft.scorer.models.ModelRegistry;
import weft.scorer.models.Rival;
import weft.scorer.models.Seat;
import weft.scorer.models.Seating;
import weft.scorer.models.Slot;
import weft.scorer.quality.Slice;

/// Scores one image at a time with the snapshots in use; for one thread.
final class ImageScorer {
    private final ModelRegistry models;
    private final IdentityHashMap<Seating, IdentityHashMap<Snapshot, Pass>> passes = new IdentityHashMap<>();
    private final List<Snapshot> inUse = new ArrayList<>();
    private final StrangenessPasses strangeness = new StrangenessPasses();
    private final float[] values;
    private final List<Scored> scored = new ArrayList<>();
    private final List<Judgement> judgements = new ArrayList<>();

    /// The buffers for a snapshot, with the part of each of its pipelines, in their order.
    private record Pass(SnapshotPass buffers, List<Seat> seats, List<Objective> kinds) {
        static Pass of(Snapshot snapshot, Seating seating, StrangenessPasses strangeness) {
            List<Seat> seats = new ArrayList<>();
            List<Objective> kinds = new ArrayList<>();
            SnapshotPass buffers = new SnapshotPass(snapshot, pipeline -> seating.of(pipeline) != null, strangeness);
            for (PipelineName pipeline : snapshot.model().clusterers().keySet()) {
                Seat seat = seating.of(pipeline);
                if (seat != null) {
                    seats.add(seat);
                    kinds.add(
                            Objects.requireNonNull(snapshot.model().clusterers().get(pipeline))
                                    .objective());
                }
            }
            return new Pass(buffers, seats, kinds);
        }
    }

    ImageScorer(ModelRegistry models) {
        this.models = models;
        values = new float[models.shape().values()];
    }

    /// Scores an image in every pipeline; [#scored] and [#judgements] tell the outcome until the next image.
    ///
    /// @param partition and `offset` of the image
    /// @return whether a snapshot serves for the first time
    boolean score(Image image, int partition, long offset) {
        scored.clear();
        judgements.clear();
        strangeness.next();
        boolean swapped = false;
        image.values().toFloats(values, 0);
        List<Slot> slots = models.slots();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            Snapshot live = slot.champion().newestFirst().getFirst();
            swapped |= serves(i, live);
            score(slot.champion(), image, partition, offset);
            List<Rival> challengers = slot.challengers();
            for (int c = 0; c < challengers.size(); c++) {
                score(challengers.get(c), image, partition, offset);
            }
        }
        return swapped;
    }

    /// Notes what serves a place; says whether it is another snapshot than for the image before.
    private boolean serves(int place, Snapshot live) {
        if (place == inUse.size()) {
            inUse.add(live);
            return true;
        }
        Snapshot before = inUse.set(place, live);
        return before.version() != live.version()
                || !before.model().name().equals(live.model().name());
    }

    private void score(Rival rival, Image image, int partition, long offset) {
        List<Snapshot> snapshots = rival.newestFirst();
        if (snapshots.isEmpty()) {
            // A challenger before its first.
            return;
        }
        Snapshot live = snapshots.getFirst();
        boolean trainedOn = trainedOn(live, image, partition, offset);
        Slice slice = slice(image, trainedOn);
        Pass pass = pass(rival, live);
        int first = scored.size();
        pass.buffers().score(values, (_, assignment, objective) -> {
            int index = scored.size() - first;
            Seat seat = pass.seats().get(index);
            scored.add(new Scored(
                    seat,
                    live.version(),
                    trainedOn,
                    assignment,
                    pass.buffers().standing(seat.answers(), assignment, objective),
                    pass.kinds().get(index),
                    objective));
            judgements.add(new Judgement(seat.tally(), slice, assignment.cluster()));
            if (image.split() == Split.TRAIN) {
                judgements.add(new Judgement(seat.tally(), Slice.LIVE, assignment.cluster()));
            }
        });
        if (trainedOn && image.epoch() == 0) {
            judgeByOlder(rival, image, partition, offset);
        }
    }

    /// The answers of what serves and of what challenges, in the order of the pipelines.
    List<Scored> scored() {
        return scored;
    }

    /// What a label of the image counts for.
    List<Judgement> judgements() {
        return judgements;
    }

    /// The trainer has overtaken: the honest judge is the newest snapshot from before this image.
    private void judgeByOlder(Rival rival, Image image, int partition, long offset) {
        List<Snapshot> newestFirst = rival.newestFirst();
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
            Pass pass = pass(rival, newestFirst.get(from));
            int first = judgements.size();
            pass.buffers().score(values, (_, assignment, _) -> {
                Seat seat = pass.seats().get(judgements.size() - first);
                judgements.add(new Judgement(seat.tally(), Slice.PREQUENTIAL, assignment.cluster()));
            });
        }
    }

    private static boolean trainedOn(Snapshot snapshot, Image image, int partition, long offset) {
        return image.split() == Split.TRAIN
                && (image.epoch() > 0 || snapshot.provenance().covers(partition, offset));
    }

    private static Slice slice(Image image, boolean trainedOn) {
        if (image.split() == Split.TEST) {
            return Slice.TEST;
        }
        return trainedOn ? Slice.TRAINED : Slice.PREQUENTIAL;
    }

    /// Made at a snapshot's first image; those of snapshots and parts that are no longer kept go.
    private Pass pass(Rival rival, Snapshot snapshot) {
        IdentityHashMap<Snapshot, Pass> known = passes.get(rival.seating());
        Pass pass = known == null ? null : known.get(snapshot);
        if (pass == null) {
            pass = Pass.of(snapshot, rival.seating(), strangeness);
            passes.computeIfAbsent(rival.seating(), _ -> new IdentityHashMap<>())
                    .put(snapshot, pass);
            forget(rival);
        }
        return pass;
    }

    private void forget(Rival asked) {
        Set<Snapshot> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Seating> seated = Collections.newSetFromMap(new IdentityHashMap<>());
        seated.add(asked.seating());
        kept.addAll(asked.newestFirst());
        for (Slot slot : models.slots()) {
            keep(slot.champion(), kept, seated);
            slot.challengers().forEach(one -> keep(one, kept, seated));
        }
        passes.keySet().removeIf(seating -> !seated.contains(seating));
        passes.values().forEach(known -> known.keySet().removeIf(snapshot -> !kept.contains(snapshot)));
    }

    private static void keep(Rival rival, Set<Snapshot> kept, Set<Seating> seated) {
        kept.addAll(rival.newestFirst());
        seated.add(rival.seating());
    }
}
