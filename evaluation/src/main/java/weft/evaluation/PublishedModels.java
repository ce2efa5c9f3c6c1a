package weft.evaluation;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.Snapshot;
import weft.core.service.KafkaConnection;
import weft.core.service.UserError;
import weft.core.wire.InvalidSnapshotException;
import weft.core.wire.SnapshotCodec;
import weft.core.wire.Topics;

/// The models topic, read once.
public final class PublishedModels {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedModels.class);

    private PublishedModels() {}

    /// The newest snapshot of each model, by its name.
    ///
    /// @param every sees each good snapshot that the topic still has, in the order of publication
    /// @throws UserError where there is none
    public static Map<String, Snapshot> newest(KafkaConnection kafka, Topics topics, Consumer<Snapshot> every) {
        Map<String, Snapshot> models = new TreeMap<>();
        Log.read(kafka, topics.models(), record -> {
            if (record.value() == null) {
                return;
            }
            try {
                Snapshot snapshot = SnapshotCodec.decode(record.value());
                every.accept(snapshot);
                models.merge(snapshot.model().name(), snapshot, (a, b) -> a.version() > b.version() ? a : b);
            } catch (InvalidSnapshotException refused) {
                LOG.warn("snapshot at offset {} is passed over: {}", record.offset(), refused.getMessage());
            }
        });
        if (models.isEmpty()) {
            throw new UserError("there is no model on " + topics.models() + " yet: nothing to evaluate");
        }
        return models;
    }
}
