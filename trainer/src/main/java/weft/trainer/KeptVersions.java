package weft.trainer;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.ModelName;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.SnapshotKey;

/// Which versions of one model are kept because they serve by their number, or did.
///
/// Another program may write a deployment that makes no sense. Scorers refuse it by what they know, and what served
/// before serves on. A trainer does not know as much, so it does not judge: of each place it keeps the versions that
/// were pinned last.
final class KeptVersions {
    /// Versions of one place that stay whatever they take: the one that is in force and some that came after it.
    static final int MOST_PINNED = 4;

    /// Places that are remembered, so that keys of another program do not fill the memory: the last ones named.
    static final int MOST_PLACES = 64;

    private static final Logger LOG = LoggerFactory.getLogger(KeptVersions.class);

    private final ModelName model;
    private final LongPredicate there;
    private final Map<ModelName, Place> places = new LinkedHashMap<>();

    /// Both latest last.
    private record Place(SequencedSet<Long> pinned, SequencedSet<Long> deployed) {}

    /// @param there whether a version of the model is there
    KeptVersions(ModelName model, LongPredicate there) {
        this.model = model;
        this.there = there;
    }

    /// Takes one record of the deployments topic in.
    void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            // A scorer may refuse that, too.
            return;
        }
        try {
            take(Deployment.fromRecord(record.key(), record.value()));
        } catch (IllegalArgumentException foreign) {
            // The scorer counts and tells it.
            LOG.debug("offset {} of {} is passed over: {}", record.offset(), record.topic(), foreign.getMessage());
        }
    }

    private void take(Deployment deployment) {
        for (SnapshotKey key : deployment.deployed().reversed()) {
            if (key.model().equals(model)) {
                key.version()
                        .ifPresent(version ->
                                add(place(deployment.model()).deployed(), version, Deployment.MOST_DEPLOYED));
            }
        }
        if (deployment.serving().equals(model)) {
            deployment
                    .version()
                    .ifPresent(version -> add(place(deployment.model()).pinned(), version, MOST_PINNED));
        }
    }

    private Place place(ModelName named) {
        Place place = places.remove(named);
        if (place == null) {
            place = new Place(new LinkedHashSet<>(), new LinkedHashSet<>());
        }
        places.put(named, place);
        if (places.size() > MOST_PLACES) {
            places.remove(places.keySet().iterator().next());
        }
        return place;
    }

    /// What is not there cannot be kept, and keeps nothing else out.
    private void add(SequencedSet<Long> versions, long version, int most) {
        if (there.test(version)) {
            versions.remove(version);
            versions.add(version);
            if (versions.size() > most) {
                versions.removeFirst();
            }
        }
    }

    /// Versions that serve by their number, or may.
    Set<Long> pinned() {
        Set<Long> pinned = new HashSet<>();
        places.values().forEach(place -> pinned.addAll(place.pinned));
        return pinned;
    }

    /// Versions that were deployed at some time.
    Set<Long> deployed() {
        Set<Long> deployed = new HashSet<>();
        places.values().forEach(place -> deployed.addAll(place.deployed));
        return deployed;
    }
}
