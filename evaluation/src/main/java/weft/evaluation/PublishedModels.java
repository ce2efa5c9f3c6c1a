package weft.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.Shape;
import weft.core.model.Snapshot;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.UserError;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.Topics;

/// The models topic, read once.
///
/// @param newest the newest snapshot of each model, by its name
/// @param history losses of each good snapshot that the topic still has, by model, in the order of publication
record PublishedModels(Map<String, Snapshot> newest, Map<String, List<Findings.Losses>> history) {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedModels.class);

    /// Reads the topic, and passes over what was made for images of another shape.
    ///
    /// @throws UserError where there is no snapshot
    static PublishedModels read(KafkaConnection kafka, Topics topics, SnapshotCodec codec, Shape shape) {
        PublishedModels models = new PublishedModels(new TreeMap<>(), new TreeMap<>());
        Log.read(kafka, topics.models(), record -> models.add(record, codec, shape));
        if (models.newest.isEmpty()) {
            throw new UserError("there is no model on " + topics.models() + " yet: nothing to evaluate");
        }
        return models;
    }

    private void add(ConsumerRecord<String, byte[]> record, SnapshotCodec codec, Shape shape) {
        if (record.value() == null) {
            return;
        }
        try {
            Snapshot snapshot = codec.decode(record.value());
            if (!snapshot.model().shape().equals(shape)) {
                LOG.warn(
                        "snapshot at offset {} is passed over: it takes images of {}, not {}",
                        record.offset(),
                        snapshot.model().shape(),
                        shape);
                return;
            }
            String model = snapshot.model().name().toString();
            List<Findings.Losses> losses = history.computeIfAbsent(model, _ -> new ArrayList<>());
            // The version at an epoch's end may be published twice, to mark it.
            if (losses.isEmpty() || losses.getLast().version() != snapshot.version()) {
                losses.add(new Findings.Losses(
                        snapshot.version(), snapshot.provenance().losses()));
            }
            newest.merge(model, snapshot, (a, b) -> a.version() > b.version() ? a : b);
        } catch (InvalidSnapshotException refused) {
            LOG.warn("snapshot at offset {} is passed over: {}", record.offset(), refused.getMessage());
        }
    }
}
