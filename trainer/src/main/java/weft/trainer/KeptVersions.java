package weft.trainer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.ModelName;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.SnapshotKey;

/// Which versions of one model are kept because they were deployed.
///
/// Another program may write a record that names what is not there: scorers refuse it, and what served before serves
/// on. So a record replaces the earlier ones of its place only where all that it names is known to be there. Until such
/// a one comes, what any of them pins stays pinned.
final class KeptVersions {
    /// Records of one place that are remembered beside each other, so that another program cannot pin everything.
    static final int MOST_UNSURE = 16;

    private static final Logger LOG = LoggerFactory.getLogger(KeptVersions.class);

    private final ModelName model;
    private final LongPredicate mine;
    private final Set<SnapshotKey> others;
    private final Map<ModelName, List<Deployment>> byPlace = new LinkedHashMap<>();

    /// @param mine whether a version of the model is there
    /// @param others versions of other models that are known to be there
    KeptVersions(ModelName model, LongPredicate mine, Set<SnapshotKey> others) {
        this.model = model;
        this.mine = mine;
        this.others = others;
    }

    /// Takes one record of the deployments topic in.
    void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            SnapshotKey.read(record.key()).ifPresent(key -> byPlace.remove(key.model()));
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
        OptionalLong version = deployment.version();
        if (deployment.serving().equals(model) && version.isPresent() && !mine.test(version.getAsLong())) {
            return;
        }
        List<Deployment> ofPlace = byPlace.computeIfAbsent(deployment.model(), _ -> new ArrayList<>());
        if (there(deployment.serving(), version)
                && deployment.challengers().stream()
                        .allMatch(run -> there(deployment.rival(run), OptionalLong.empty()))) {
            ofPlace.clear();
        } else if (ofPlace.size() == MOST_UNSURE) {
            // The first is the one that is sure, where there is one.
            ofPlace.remove(1);
        }
        ofPlace.add(deployment);
    }

    /// A version of the model itself has been looked for already, and its newest is there or comes.
    private boolean there(ModelName named, OptionalLong version) {
        return named.equals(model)
                || others.stream()
                        .anyMatch(other -> other.model().equals(named)
                                && (version.isEmpty() || other.version().equals(version)));
    }

    /// Versions that serve by their number, or may.
    Set<Long> pinned() {
        Set<Long> pinned = new HashSet<>();
        byPlace.values()
                .forEach(ofPlace -> ofPlace.stream()
                        .filter(deployment -> deployment.serving().equals(model))
                        .forEach(deployment -> deployment.version().ifPresent(pinned::add)));
        return pinned;
    }

    /// Versions that were deployed at some time.
    Set<Long> deployed() {
        Set<Long> deployed = new HashSet<>();
        byPlace.values()
                .forEach(ofPlace -> ofPlace.stream()
                        .flatMap(deployment -> deployment.deployed().stream())
                        .filter(key -> key.model().equals(model))
                        .forEach(key -> key.version().ifPresent(deployed::add)));
        return deployed;
    }
}
