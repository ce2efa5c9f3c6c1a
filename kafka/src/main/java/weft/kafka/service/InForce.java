package weft.kafka.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.ModelName;
import weft.kafka.service.PublishedVersions.Published;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;

/// What was decided for the places of one family: of each the last record that makes sense beside the versions there
/// are, as for a scorer that starts.
public final class InForce {
    private static final Logger LOG = LoggerFactory.getLogger(InForce.class);

    private final ModelName model;
    private final List<Published> versions;
    private final Map<ModelName, Deployment> byPlace = new LinkedHashMap<>();
    private final Map<ModelName, String> senseless = new LinkedHashMap<>();

    private InForce(ModelName model, List<Published> versions) {
        this.model = model;
        this.versions = versions;
    }

    /// Reads the topic once; warns in one line where the model's last record makes no sense.
    ///
    /// @param versions of all runs of the model's family
    public static InForce read(KafkaConnection kafka, Topics topics, ModelName model, List<Published> versions) {
        InForce inForce = new InForce(model, versions);
        PublishedVersions.toEnd(kafka, topics.deployments(), inForce::take);
        String why = inForce.senseless.get(model);
        if (why != null) {
            LOG.warn("the last deployment of model {} makes no sense and is passed over: {}", model, why);
        }
        return inForce;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        SnapshotKey.read(record.key()).map(SnapshotKey::model).ifPresent(place -> {
            senseless.remove(place);
            if (record.value() == null) {
                byPlace.remove(place);
                return;
            }
            try {
                Deployment deployment = Deployment.fromRecord(record.key(), record.value());
                if (place.family().equals(model.family())) {
                    check(deployment);
                }
                byPlace.put(place, deployment);
            } catch (IllegalArgumentException why) {
                senseless.put(place, String.valueOf(why.getMessage()));
            }
        });
    }

    private void check(Deployment deployment) {
        checkThere(deployment.serving(), deployment.version());
        deployment.challengers().forEach(run -> checkThere(deployment.rival(run), OptionalLong.empty()));
    }

    private void checkThere(ModelName wanted, OptionalLong version) {
        if (versions.stream()
                .noneMatch(one ->
                        one.model().equals(wanted) && (version.isEmpty() || version.getAsLong() == one.version()))) {
            throw new IllegalArgumentException("there is no version "
                    + (version.isPresent() ? version.getAsLong() + " " : "") + "of model " + wanted);
        }
    }

    /// What serves in the model's place and what challenges there.
    public Deployment deployment() {
        return byPlace.getOrDefault(model, Deployment.none(model));
    }

    /// Other places that the model serves.
    List<ModelName> alsoServed() {
        return byPlace.values().stream()
                .filter(one -> !one.model().equals(model) && one.serving().equals(model))
                .map(Deployment::model)
                .toList();
    }
}
