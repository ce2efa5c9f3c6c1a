package weft.trainer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import weft.kafka.service.PublishedVersions;
import weft.kafka.service.UserError;
import weft.kafka.wire.Deployment;
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

    private final Topics topics;
    private final ModelName model;
    private final SnapshotCodec codec;
    private final History history;
    private final Consumer<String, byte[]> following;
    private final Map<ModelName, Deployment> deployments = new LinkedHashMap<>();

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
        Map<ModelName, Deployment> deployments = PublishedVersions.deployments(kafka, topics);
        Consumer<String, byte[]> following = kafka.consumer(Map.of());
        TopicPartition partition = new TopicPartition(topics.deployments(), 0);
        following.assign(List.of(partition));
        following.seekToBeginning(List.of(partition));
        return new ModelHistory(topics, plan, history, following, deployments);
    }

    private ModelHistory(
            Topics topics,
            ModelPlan plan,
            History history,
            Consumer<String, byte[]> following,
            Map<ModelName, Deployment> known) {
        this.topics = topics;
        model = plan.model();
        codec = new SnapshotCodec(new ModelFamilies(List.of(plan.family())));
        this.history = history;
        this.following = following;
        deployments.putAll(known);
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
        for (String gone : history.prune(pinned(), deployed())) {
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
        following.poll(Duration.ZERO).forEach(record -> PublishedVersions.take(deployments, record));
    }

    private Set<Long> pinned() {
        Set<Long> pinned = new HashSet<>();
        for (Deployment deployment : deployments.values()) {
            if (deployment.serving().equals(model)) {
                deployment.version().ifPresent(pinned::add);
            }
        }
        return pinned;
    }

    private Set<Long> deployed() {
        Set<Long> deployed = new HashSet<>();
        for (Deployment deployment : deployments.values()) {
            for (SnapshotKey key : deployment.deployed()) {
                if (key.model().equals(model)) {
                    key.version().ifPresent(deployed::add);
                }
            }
        }
        return deployed;
    }

    @Override
    public void close() {
        following.close(KafkaConnection.promptly());
    }
}
