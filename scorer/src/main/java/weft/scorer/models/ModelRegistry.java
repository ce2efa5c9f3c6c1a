package weft.scorer.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import weft.core.image.Pixels;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.wire.InvalidSnapshotException;
import weft.core.wire.InvalidSnapshotException.Reason;

/// The snapshots in use: one immutable state that is swapped as a whole, so that readers never wait.
///
/// The last few of each model are kept: while a replay at full speed lets the trainer overtake, an image is
/// judged by the newest that had not been trained on it.
public final class ModelRegistry {
    private static final int KEPT = 64;

    private final Map<String, Set<PipelineName>> wanted;
    private volatile Map<String, List<Snapshot>> newestFirst = Map.of();

    /// For the pipelines that are to be scored, at least one.
    public ModelRegistry(List<PipelineName> pipelines) {
        wanted = pipelines.stream()
                .collect(Collectors.groupingBy(PipelineName::model, LinkedHashMap::new, Collectors.toSet()));
    }

    /// Takes a newer snapshot into use; one of a model that is not wanted is passed over.
    ///
    /// @return whether it is in use now
    /// @throws InvalidSnapshotException where it is not newer than the one in use, lacks a wanted pipeline
    /// or takes images of another size
    public synchronized boolean offer(Snapshot snapshot) throws InvalidSnapshotException {
        String model = snapshot.model().name();
        Set<PipelineName> pipelines = wanted.get(model);
        if (pipelines == null) {
            return false;
        }
        if (!snapshot.model().clusterers().keySet().containsAll(pipelines)) {
            throw new InvalidSnapshotException(
                    Reason.DIMENSIONS,
                    "snapshot " + snapshot.version() + " of model " + model + " has the pipelines "
                            + snapshot.model().clusterers().keySet() + ", not all of " + pipelines);
        }
        int inputs = snapshot.model().encoder().inputs();
        if (inputs != Pixels.COUNT) {
            throw new InvalidSnapshotException(
                    Reason.DIMENSIONS,
                    "snapshot " + snapshot.version() + " of model " + model + " takes images of " + inputs
                            + " pixels, not " + Pixels.COUNT);
        }
        List<Snapshot> known = newestFirst.getOrDefault(model, List.of());
        if (!known.isEmpty() && snapshot.version() <= known.getFirst().version()) {
            throw new InvalidSnapshotException(
                    Reason.OLDER,
                    "snapshot " + snapshot.version() + " of model " + model + " is not newer than "
                            + known.getFirst().version());
        }
        List<Snapshot> now = new ArrayList<>(known.size() + 1);
        now.add(snapshot);
        now.addAll(known.subList(0, Math.min(known.size(), KEPT - 1)));
        Map<String, List<Snapshot>> next = new LinkedHashMap<>(newestFirst);
        next.put(model, List.copyOf(now));
        newestFirst = Map.copyOf(next);
        notifyAll();
        return true;
    }

    /// Waits until every wanted model has a snapshot.
    public synchronized void awaitComplete() throws InterruptedException {
        while (!complete()) {
            wait();
        }
    }

    /// Whether every wanted model has a snapshot.
    public boolean complete() {
        return newestFirst.keySet().containsAll(wanted.keySet());
    }

    /// The wanted models, in the order of the pipelines.
    public Set<String> models() {
        return wanted.keySet();
    }

    /// Whether a pipeline is to be scored.
    public boolean wants(PipelineName pipeline) {
        return wanted.getOrDefault(pipeline.model(), Set.of()).contains(pipeline);
    }

    /// The snapshots of a model that are kept, newest first; empty before the first.
    public List<Snapshot> snapshots(String model) {
        return newestFirst.getOrDefault(model, List.of());
    }
}
