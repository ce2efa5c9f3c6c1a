package weft.scorer.models;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import weft.core.image.Shape;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.SnapshotReader.Loaded;
import weft.kafka.wire.Deployment;
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

    private final Map<ModelName, Place> places = new LinkedHashMap<>();
    private final Set<String> models = new LinkedHashSet<>();
    private final Map<ModelName, Kept> known = new HashMap<>();
    private final SnapshotCheck check;
    private volatile List<Slot> slots;

    /// For the pipelines that are to be scored, at least one.
    ///
    /// @param shape of the stream's images
    public ModelRegistry(List<PipelineName> pipelines, Shape shape) {
        this(pipelines, shape, false);
    }

    /// The same.
    ///
    /// @param publishChallengers whether assignments of challengers are emitted
    public ModelRegistry(List<PipelineName> pipelines, Shape shape, boolean publishChallengers) {
        check = new SnapshotCheck(shape);
        pipelines.stream()
                .distinct()
                .collect(Collectors.groupingBy(PipelineName::owner, LinkedHashMap::new, Collectors.toList()))
                .forEach((model, its) -> {
                    places.put(model, new Place(model, its, publishChallengers));
                    models.add(model.toString());
                });
        slots = places.values().stream()
                .map(place -> place.slot(_ -> List.of()))
                .toList();
    }

    /// Takes a newer snapshot into use; one of a model that plays no part here is passed over.
    ///
    /// @param bytes that it has on the topic
    /// @return whether it is in use now
    /// @throws InvalidSnapshotException where it is not newer than the one in use, lacks a wanted pipeline,
    /// takes images of another shape or gives scores that are not finite
    public synchronized boolean offer(Snapshot snapshot, int bytes) throws InvalidSnapshotException {
        ModelName model = snapshot.model().name();
        Set<PipelineName> pipelines = needs(model);
        if (pipelines.isEmpty()) {
            return false;
        }
        Kept kept = known.computeIfAbsent(model, _ -> new Kept());
        check.pipelinesAndShape(snapshot, pipelines);
        if (!kept.isNewer(snapshot)) {
            throw new InvalidSnapshotException(
                    Reason.OLDER,
                    "snapshot " + snapshot.version() + " of model " + model + " is not newer than "
                            + kept.newestFirst().getFirst().version());
        }
        check.scores(snapshot, pipelines);
        kept.add(snapshot, bytes);
        swap();
        return true;
    }

    /// Takes one in that is older than all that are known, to judge by.
    ///
    /// @return whether there was room
    synchronized boolean offerOlder(Snapshot snapshot, int bytes) throws InvalidSnapshotException {
        ModelName model = snapshot.model().name();
        Kept kept = known.get(model);
        if (kept == null) {
            return false;
        }
        check.all(snapshot, needs(model));
        boolean room = kept.addOlder(snapshot, bytes);
        swap();
        return room;
    }

    /// Takes a decision over.
    ///
    /// @param fresh the newest snapshots of runs that played no part here so far
    /// @param pinned of the version that it names
    synchronized void deploy(Deployment deployment, Collection<Loaded> fresh, Optional<Snapshot> pinned) {
        Place place = place(deployment.model()).orElseThrow();
        place.deploy(deployment, pinned);
        for (Loaded one : fresh) {
            Kept kept = known.computeIfAbsent(one.snapshot().model().name(), _ -> new Kept());
            if (kept.isNewer(one.snapshot())) {
                kept.add(one.snapshot(), one.bytes());
            }
        }
        known.keySet().removeIf(model -> needs(model).isEmpty());
        swap();
    }

    /// Refuses a snapshot that cannot play a part in a place.
    void checkFor(ModelName place, Snapshot snapshot) throws InvalidSnapshotException {
        check.all(
                snapshot, place(place).orElseThrow().as(snapshot.model().name().run()));
    }

    private void swap() {
        List<Slot> now = new ArrayList<>();
        for (Place place : places.values()) {
            now.add(place.slot(this::snapshots));
        }
        slots = List.copyOf(now);
        notifyAll();
    }

    /// The pipelines that a model's snapshots must have; none where it plays no part here.
    private Set<PipelineName> needs(ModelName model) {
        Set<PipelineName> needed = new LinkedHashSet<>();
        places.values().forEach(place -> needed.addAll(place.needs(model)));
        return needed;
    }

    /// Whether a model's snapshots are to be taken in.
    synchronized boolean follows(ModelName model) {
        return !needs(model).isEmpty();
    }

    private Optional<Place> place(ModelName model) {
        return Optional.ofNullable(places.get(model));
    }

    /// What was decided last for a place; empty where it is not scored here.
    public synchronized Optional<Deployment> deployment(ModelName place) {
        return place(place).map(Place::deployment);
    }

    /// Of the stream's images.
    public Shape shape() {
        return check.shape();
    }

    /// Waits until every place has a snapshot.
    public synchronized void awaitComplete() throws InterruptedException {
        while (!complete()) {
            wait();
        }
    }

    /// Whether every place has a snapshot.
    public boolean complete() {
        return missing().isEmpty();
    }

    /// The models that serve and have no snapshot yet.
    public List<String> missing() {
        return slots.stream()
                .filter(slot -> slot.champion().newestFirst().isEmpty())
                .map(slot -> slot.champion().seating().model().toString())
                .toList();
    }

    /// The models that are to be scored, in the order of the pipelines.
    public Set<String> models() {
        return models;
    }

    /// Whether a pipeline is to be scored.
    public boolean wants(PipelineName pipeline) {
        return place(pipeline.owner()).map(place -> place.as(pipeline.owner().run())).stream()
                .anyMatch(its -> its.contains(pipeline));
    }

    /// Every place with who serves and who challenges, in the order of the pipelines.
    public List<Slot> slots() {
        return slots;
    }

    /// The snapshots of a model that are kept, newest first; empty before the first.
    public List<Snapshot> snapshots(String model) {
        return snapshots(ModelName.parse(model));
    }

    private synchronized List<Snapshot> snapshots(ModelName model) {
        Kept kept = known.get(model);
        return kept == null ? List.of() : kept.newestFirst();
    }
}
