package weft.scorer.models;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.ModelName;
import weft.core.model.Snapshot;
import weft.kafka.service.Following;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.PublishedVersions;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.SnapshotReader;
import weft.kafka.service.Supervised;
import weft.kafka.service.Trouble;
import weft.kafka.service.VersionIndex;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.InvalidSnapshotException.Reason;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.SnapshotKey;

/// Follows the models topic and swaps good snapshots in, and the deployments topic, which says whose are used; a bad
/// one is refused, counted and logged, and the last good one stays.
public final class SnapshotFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFeed.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final ModelRegistry models;
    private final SnapshotCodec codec;
    private final InUseMetrics metrics;
    private final KafkaConnection kafka;
    private final TopicPartition snapshots;
    private final TopicPartition deployments;
    private final Trouble trouble;
    private final VersionIndex versions = new VersionIndex();
    private final Deployer deployer;
    private final Supervised thread;
    private final Backlog backlog = new Backlog();
    private final CountDownLatch caughtUp = new CountDownLatch(1);

    /// The next records; what was read is not read again by new clients.
    private final Map<TopicPartition, Long> next = new HashMap<>();

    private SnapshotFeed(ServiceContext context, ModelRegistry models) {
        this.models = models;
        codec = context.snapshots();
        metrics = new InUseMetrics(context.meters(), models.models());
        kafka = context.kafka();
        snapshots = new TopicPartition(context.topics().models(), 0);
        deployments = new TopicPartition(context.topics().deployments(), 0);
        deployer = new Deployer(models, versions, () -> new SnapshotReader(kafka, snapshots, codec), context.meters());
        trouble = Trouble.metered("snapshots of the scorer", context.clock(), context.meters());
        thread = Supervised.start("snapshots", this::begin, trouble, context.onFailure());
    }

    /// Starts to follow from the topics' beginning, where the newest of each model may be the only one left.
    public static SnapshotFeed start(ServiceContext context, ModelRegistry models) {
        return new SnapshotFeed(context, models);
    }

    /// Waits until everything that was on the topics at the start has been read, so that no image is scored by a
    /// snapshot that was replaced long ago, or by one that shall not serve.
    public void awaitCaughtUp() throws InterruptedException {
        caughtUp.await();
    }

    private Supervised.Life begin() {
        Following<byte[]> following = new Following<>(kafka.consumer(PublishedVersions.READING));
        return following.begin(consumer -> {
            List<TopicPartition> both = List.of(snapshots, deployments);
            consumer.assign(both);
            both.forEach(partition -> consumer.seek(partition, next.getOrDefault(partition, 0L)));
            LogEnd end = LogEnd.now(kafka, consumer, both);
            return () -> {
                if (caughtUp.getCount() > 0 && end.reached()) {
                    backlog.drain(this::accept);
                    deployer.drain();
                    tellInUse();
                    caughtUp.countDown();
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    TopicPartition from = new TopicPartition(record.topic(), record.partition());
                    if (from.equals(deployments)) {
                        decided(record);
                    } else {
                        published(record);
                    }
                    next.put(from, record.offset() + 1);
                }
            };
        });
    }

    /// When what serves a model was published, in milliseconds; empty before the first.
    public OptionalLong publishedAt(String model) {
        return metrics.publishedAt(model);
    }

    /// Since when it waits for Kafka, and why.
    public Optional<String> trouble() {
        return trouble.report();
    }

    private void decided(ConsumerRecord<String, byte[]> record) {
        if (caughtUp.getCount() > 0) {
            deployer.await(record);
        } else {
            deployer.take(record);
            tellInUse();
        }
    }

    private void published(ConsumerRecord<String, byte[]> record) {
        versions.take(record);
        Optional<ModelName> model = SnapshotKey.read(record.key()).map(SnapshotKey::model);
        if (record.value() == null || model.isEmpty() || !models.follows(model.get())) {
            return;
        }
        if (caughtUp.getCount() > 0) {
            backlog.add(model.get(), record);
        } else {
            accept(record);
            tellInUse();
        }
    }

    private void accept(ConsumerRecord<String, byte[]> record) {
        SnapshotKey key = SnapshotKey.parse(record.key());
        String model = key.model().toString();
        if (isInUse(key)) {
            // Published once more, to mark the end of an epoch.
            return;
        }
        try {
            Snapshot snapshot = codec.decode(record.value());
            if (!key.fits(snapshot.model().name(), snapshot.version())) {
                throw new InvalidSnapshotException(
                        Reason.MALFORMED,
                        "it holds model " + snapshot.model().name() + ", version " + snapshot.version());
            }
            if (models.offer(snapshot, record.value().length)) {
                LOG.debug("model {} version {} is there", model, snapshot.version());
            }
        } catch (InvalidSnapshotException refused) {
            refuse(record, model, refused.reason(), refused);
        } catch (RuntimeException fault) {
            // Whatever else a crafted record may cause must not end the scorer, at every start again.
            refuse(record, model, Reason.MALFORMED, fault);
        }
    }

    private boolean isInUse(SnapshotKey key) {
        List<Snapshot> known = models.snapshots(key.model().toString());
        return !known.isEmpty()
                && key.version().isPresent()
                && key.version().getAsLong() == known.getFirst().version();
    }

    private void tellInUse() {
        for (Slot slot : models.slots()) {
            if (!slot.champion().newestFirst().isEmpty()) {
                long version = slot.champion().newestFirst().getFirst().version();
                metrics.inUse(slot.model().toString(), version);
                versions.find(slot.champion().seating().model(), version)
                        .ifPresent(published -> metrics.publishedAt(
                                slot.model().toString(), published.at().toEpochMilli()));
            }
        }
    }

    private void refuse(ConsumerRecord<String, byte[]> record, String model, Reason reason, Exception why) {
        metrics.refused(model, reason);
        LOG.warn("snapshot of model {} at offset {} is refused: {}", model, record.offset(), why.getMessage());
    }

    /// Asks it to end, without waiting.
    public void stop() {
        thread.stop();
    }

    @Override
    public void close() {
        thread.close();
    }
}
