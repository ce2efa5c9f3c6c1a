package weft.scorer.models;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.ModelName;
import weft.core.model.Snapshot;
import weft.kafka.service.PublishedVersions.Published;
import weft.kafka.service.SnapshotReader;
import weft.kafka.service.SnapshotReader.Loaded;
import weft.kafka.service.VersionIndex;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.SnapshotKey;

/// Puts the records of the deployments topic into force. One that makes no sense is refused, counted and logged
/// once, and what served goes on.
final class Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    private final ModelRegistry models;
    private final VersionIndex versions;
    private final Supplier<SnapshotReader> readers;
    private final Counter refused;

    /// Records from before the start, by their key.
    private final Map<String, List<ConsumerRecord<String, byte[]>>> waiting = new LinkedHashMap<>();

    Deployer(ModelRegistry models, VersionIndex versions, Supplier<SnapshotReader> readers, MeterRegistry meters) {
        this.models = models;
        this.versions = versions;
        this.readers = readers;
        refused = Counter.builder("weft.scorer.deployments.refused")
                .description("Records of the deployments topic that make no sense")
                .register(meters);
    }

    /// Keeps a record until everything that was there at the start is read.
    void await(ConsumerRecord<String, byte[]> record) {
        waiting.computeIfAbsent(String.valueOf(record.key()), _ -> new ArrayList<>())
                .add(record);
    }

    /// Puts of each key the last one that makes sense into force.
    void drain() {
        for (List<ConsumerRecord<String, byte[]>> records : waiting.values()) {
            for (ConsumerRecord<String, byte[]> record : records.reversed()) {
                if (take(record)) {
                    break;
                }
            }
        }
        waiting.clear();
    }

    /// Puts a record into force; says whether it makes sense.
    boolean take(ConsumerRecord<String, byte[]> record) {
        try {
            deploy(
                    record.value() == null
                            ? Deployment.none(SnapshotKey.parse(String.valueOf(record.key()))
                                    .model())
                            : Deployment.fromRecord(record.key(), record.value()));
            return true;
        } catch (KafkaException trouble) {
            throw trouble;
        } catch (InvalidSnapshotException | RuntimeException senseless) {
            // Whatever else a crafted record may cause must not end the scorer, at every start again.
            refused.increment();
            LOG.warn(
                    "deployment of model {} at offset {} is refused: {}; what served goes on",
                    record.key(),
                    record.offset(),
                    senseless.getMessage());
            return false;
        }
    }

    private void deploy(Deployment deployment) throws InvalidSnapshotException {
        if (models.deployment(deployment.model()).isEmpty()) {
            // Another scorer's.
            return;
        }
        List<ModelName> rivals = new ArrayList<>();
        for (String run : deployment.challengers()) {
            rivals.add(deployment.rival(run));
            refuseTwice(deployment, deployment.rival(run));
        }
        try (SnapshotReader reader = readers.get()) {
            List<Loaded> fresh = new ArrayList<>();
            for (ModelName rival : rivals) {
                if (!models.follows(rival)) {
                    fresh.add(newest(reader, deployment.model(), rival));
                }
            }
            if (!models.follows(deployment.serving())) {
                fresh.add(newest(reader, deployment.model(), deployment.serving()));
            } else if (deployment.version().isEmpty()) {
                checkServes(deployment);
            }
            models.deploy(deployment, fresh, pinned(reader, deployment));
            LOG.info(
                    "model {} is served by {}, version {}{}",
                    deployment.model(),
                    deployment.serving(),
                    deployment.version().isPresent() ? deployment.version().getAsLong() : "newest",
                    rivals.isEmpty() ? "" : ", challenged by " + rivals);
            for (Loaded one : fresh) {
                addOlder(reader, one.snapshot());
            }
        }
    }

    /// Its figures would have the name of another model's.
    private void refuseTwice(Deployment deployment, ModelName rival) {
        boolean elsewhere = models.models().contains(rival.toString())
                || models.slots().stream()
                        .filter(slot -> !slot.model().equals(deployment.model()))
                        .flatMap(slot -> slot.challengers().stream())
                        .anyMatch(one -> one.seating().model().equals(rival));
        if (elsewhere) {
            throw new IllegalArgumentException(
                    "model " + rival + " is scored here already and cannot challenge " + deployment.model());
        }
    }

    /// A run that is followed already must have a snapshot to go on with.
    private void checkServes(Deployment deployment) throws InvalidSnapshotException {
        List<Snapshot> known = models.snapshots(deployment.serving().toString());
        if (known.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no version of model " + deployment.serving() + " that can be used");
        }
        models.checkFor(deployment.model(), known.getFirst());
    }

    /// The newest that can be used; those that cannot are told in one line.
    private Loaded newest(SnapshotReader reader, ModelName place, ModelName rival) {
        List<String> bad = new ArrayList<>();
        Optional<Loaded> found = Optional.empty();
        for (Published version : versions.newestFirst(rival)) {
            try {
                found = reader.read(version);
                if (found.isPresent()) {
                    models.checkFor(place, found.get().snapshot());
                    break;
                }
            } catch (InvalidSnapshotException unusable) {
                found = Optional.empty();
                bad.add(version.key() + ": " + unusable.getMessage());
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no version of model " + rival
                    + (bad.isEmpty() ? "" : " that can be used, " + bad.getFirst()));
        }
        if (!bad.isEmpty()) {
            LOG.warn("newer versions of model {} are passed over: {}, the first {}", rival, bad.size(), bad.getFirst());
        }
        return found.get();
    }

    private Optional<Snapshot> pinned(SnapshotReader reader, Deployment deployment) throws InvalidSnapshotException {
        if (deployment.version().isEmpty()) {
            return Optional.empty();
        }
        long number = deployment.version().getAsLong();
        ModelName serving = deployment.serving();
        for (Snapshot known : models.snapshots(serving.toString())) {
            if (known.version() == number) {
                return Optional.of(known);
            }
        }
        Optional<Published> published = versions.find(serving, number);
        Optional<Loaded> loaded = published.isEmpty() ? Optional.empty() : reader.read(published.get());
        if (loaded.isEmpty()) {
            throw new IllegalArgumentException("version " + number + " of model " + serving + " is no longer there");
        }
        models.checkFor(deployment.model(), loaded.get().snapshot());
        return loaded.map(Loaded::snapshot);
    }

    /// Earlier versions judge the images that a newer one has learnt from.
    private void addOlder(SnapshotReader reader, Snapshot newest) {
        for (Published version : versions.newestFirst(newest.model().name())) {
            if (version.version() < newest.version() && !addOlder(reader, version)) {
                return;
            }
        }
    }

    private boolean addOlder(SnapshotReader reader, Published version) {
        try {
            Optional<Loaded> older = reader.read(version);
            return older.isEmpty()
                    || models.offerOlder(older.get().snapshot(), older.get().bytes());
        } catch (InvalidSnapshotException bad) {
            LOG.warn("{} is passed over: {}", version.key(), bad.getMessage());
            return true;
        }
    }
}
