package weft.trainer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import weft.core.model.ModelFamilies;
import weft.core.model.ModelName;
import weft.core.model.Snapshot;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.PublishedVersions;
import weft.kafka.service.UserError;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.trainer.learn.History;
import weft.trainer.learn.ModelPlan;

/// The versions of one model on the models topic: sends new ones, and deletes those that need not stay, in the
/// transaction at hand.
///
/// It is of one session: what a transaction that failed has changed here is not used again.
final class ModelHistory implements AutoCloseable {
    /// What a model may take on the topic, unless somebody says otherwise.
    static final long DEFAULT_BYTES = 256_000_000;

    private static final Duration POLL = Duration.ofMillis(500);

    private final Topics topics;
    private final ModelName model;
    private final SnapshotCodec codec;
    private final History history;
    private final Consumer<String, byte[]> following;
    private final KeptVersions kept;

    /// Sent last, so that it can be marked when an epoch ends without another one.
    private byte @Nullable [] lastValue;

    private long lastVersion;

    /// Reads what is on the topic.
    ///
    /// @param mostBytes that the model's versions may take there
    static ModelHistory open(KafkaConnection kafka, Topics topics, ModelPlan plan, long mostBytes) {
        History history = new History(mostBytes);
        PublishedVersions.read(kafka, topics).stream()
                .filter(one -> one.model().equals(plan.model()))
                .forEach(
                        one -> history.add(new History.Version(one.key(), one.version(), one.bytes(), one.epochEnd())));
        KeptVersions kept = new KeptVersions(plan.model(), history::holds);
        Consumer<String, byte[]> following = kafka.consumer(Map.of());
        try {
            PublishedVersions.refuseMissing(following, topics.deployments());
            List<TopicPartition> partitions = List.of(new TopicPartition(topics.deployments(), 0));
            following.assign(partitions);
            following.seekToBeginning(partitions);
            LogEnd end = LogEnd.now(kafka, following, partitions);
            while (!end.reached()) {
                following.poll(POLL).forEach(kept::take);
            }
            return new ModelHistory(topics, plan, history, following, kept);
        } catch (RuntimeException fault) {
            following.close(KafkaConnection.promptly());
            throw fault;
        }
    }

    private ModelHistory(
            Topics topics, ModelPlan plan, History history, Consumer<String, byte[]> following, KeptVersions kept) {
        this.topics = topics;
        model = plan.model();
        codec = new SnapshotCodec(new ModelFamilies(List.of(plan.family())));
        this.history = history;
        this.following = following;
        this.kept = kept;
    }

    /// Sends a version, and deletes what must go for it. Where an epoch ends and has taught nothing more, the version
    /// sent last is marked.
    ///
    /// @param epochEnd whether an epoch ends here
    void send(Producer<String, byte[]> producer, Optional<Snapshot> published, boolean epochEnd) {
        if (published.isPresent()) {
            send(producer, published.get().version(), encode(published.get()), epochEnd);
        } else if (epochEnd && lastValue != null) {
            send(producer, lastVersion, lastValue, true);
        }
    }

    private void send(Producer<String, byte[]> producer, long version, byte[] value, boolean epochEnd) {
        String key = SnapshotKey.of(model, version).toString();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topics.models(), key, value);
        if (epochEnd) {
            record.headers().add(ImageHeaders.EPOCH_END, "true".getBytes(StandardCharsets.UTF_8));
        }
        lastValue = value;
        lastVersion = version;
        history.add(new History.Version(key, version, value.length, epochEnd));
        follow();
        // A send that fails makes the commit fail.
        for (String gone : history.prune(kept.pinned(), kept.deployed())) {
            Future<?> _ = producer.send(new ProducerRecord<>(topics.models(), gone, null));
        }
        // After them, so that the topic's last record is a version always.
        Future<?> _ = producer.send(record);
    }

    private byte[] encode(Snapshot snapshot) {
        byte[] bytes = codec.encode(snapshot);
        if (bytes.length > Topics.SNAPSHOT_BYTES) {
            throw new UserError("a snapshot of model " + model + " would have " + bytes.length
                    + " bytes, more than the " + Topics.SNAPSHOT_BYTES + " that the models topic takes: fewer layers, "
                    + "smaller K or fewer pipelines");
        }
        return bytes;
    }

    /// Takes in what has been decided meanwhile, without waiting.
    void follow() {
        following.poll(Duration.ZERO).forEach(kept::take);
    }

    @Override
    public void close() {
        following.close(KafkaConnection.promptly());
    }
}
