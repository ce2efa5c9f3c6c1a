package weft.scorer.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import weft.core.image.Shape;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.InvalidSnapshotException.Reason;

/// The snapshots in use: one immutable state that is swapped as a whole, so that readers never wait.
///
/// The last few of each model are kept: while a replay at full speed lets the trainer overtake, an image is
/// judged by the newest that had not been trained on it.
public final class ModelRegistry {
    static final int KEPT = 64;

    /// Of one model, in bytes on the topic, beside the newest one.
    static final int KEPT_BYTES = 64 << 20;

    private final Map<String, Set<PipelineName>> wanted;
    private final Map<String, List<Integer>> bytesOfNewestFirst = new HashMap<>();
    private volatile Map<String, List<Snapshot>> newestFirst = Map.of();

    private final Shape shape;

    /// For the pipelines that are to be scored, at least one.
    ///
    /// @param shape of the stream's images
    public ModelRegistry(List<PipelineName> pipelines, Shape shape) {
        this.shape = shape;
        wanted = pipelines.stream()
                .collect(Collectors.groupingBy(PipelineName::model, LinkedHashMap::new, Collectors.toSet()));
    }

    /// Takes a newer snapshot into use; one of a model that is not wanted is passed over.
    ///
    /// @param bytes that it has on the topic
    /// @return whether it is in use now
    /// @throws InvalidSnapshotException where it is not newer than the one in use, lacks a wanted pipeline,
    /// takes images of another shape or gives scores that are not finite
    public synchronized boolean offer(Snapshot snapshot, int bytes) throws InvalidSnapshotException {
        String model = snapshot.model().name().toString();
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
        if (!snapshot.model().shape().equals(shape)) {
            throw new InvalidSnapshotException(
                    Reason.DIMENSIONS,
                    "snapshot " + snapshot.version() + " of model " + model + " takes images of "
                            + snapshot.model().shape() + ", not " + shape);
        }
        List<Snapshot> known = newestFirst.getOrDefault(model, List.of());
        if (!known.isEmpty() && snapshot.version() <= known.getFirst().version()) {
            throw new InvalidSnapshotException(
                    Reason.OLDER,
                    "snapshot " + snapshot.version() + " of model " + model + " is not newer than "
                            + known.getFirst().version());
        }
        checkScores(snapshot);
        List<Integer> sizes = bytesOfNewestFirst.computeIfAbsent(model, _ -> new ArrayList<>());
        int kept = kept(sizes);
        sizes.subList(kept, sizes.size()).clear();
        sizes.addFirst(bytes);
        List<Snapshot> now = new ArrayList<>(kept + 1);
        now.add(snapshot);
        now.addAll(known.subList(0, kept));
        Map<String, List<Snapshot>> next = new LinkedHashMap<>(newestFirst);
        next.put(model, List.copyOf(now));
        newestFirst = Map.copyOf(next);
        notifyAll();
        return true;
    }

    /// How many of the known snapshots stay beside a new one.
    private static int kept(List<Integer> sizes) {
        int kept = 0;
        long sum = 0;
        while (kept < Math.min(sizes.size(), KEPT - 1) && sum + sizes.get(kept) <= KEPT_BYTES) {
            sum += sizes.get(kept++);
        }
        return kept;
    }

    /// Finite numbers may still overflow: the darkest and the brightest image must get finite scores.
    private void checkScores(Snapshot snapshot) throws InvalidSnapshotException {
        SnapshotPass pass = new SnapshotPass(snapshot, this::wants);
        List<PipelineName> overflown = new ArrayList<>();
        float[] values = new float[shape.values()];
        for (float value : new float[] {0, 1}) {
            Arrays.fill(values, value);
            pass.score(values, (pipeline, assignment, objective) -> {
                if (!Double.isFinite(assignment.score())
                        || !Double.isFinite(assignment.margin())
                        || !Double.isFinite(objective)) {
                    overflown.add(pipeline);
                }
            });
        }
        if (!overflown.isEmpty()) {
            throw new InvalidSnapshotException(
                    Reason.NOT_FINITE,
                    "snapshot " + snapshot.version() + " gives no finite scores in " + overflown.getFirst());
        }
    }

    /// Of the stream's images.
    public Shape shape() {
        return shape;
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

    /// The wanted models that have no snapshot yet.
    public List<String> missing() {
        Map<String, List<Snapshot>> known = newestFirst;
        return wanted.keySet().stream()
                .filter(model -> !known.containsKey(model))
                .toList();
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
