package weft.scorer.models;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.Snapshot;
import weft.kafka.service.Following;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.Supervised;
import weft.kafka.service.Trouble;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.InvalidSnapshotException.Reason;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.SnapshotKey;

/// Follows the models topic and swaps good snapshots in; a bad one is refused, counted and logged, and the
/// last good one stays.
public final class SnapshotFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFeed.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final ModelRegistry models;
    private final SnapshotCodec codec;
    private final MeterRegistry meters;
    private final KafkaConnection kafka;
    private final TopicPartition partition;
    private final Trouble trouble;
    private final Map<String, AtomicLong> versions = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> published = new ConcurrentHashMap<>();
    private final Supervised thread;
    private final Backlog backlog = new Backlog();
    private final CountDownLatch caughtUp = new CountDownLatch(1);

    /// The next record; what was read is not read again by new clients.
    private long next;

    private SnapshotFeed(ServiceContext context, ModelRegistry models) {
        this.models = models;
        codec = context.snapshots();
        meters = context.meters();
        // There from the start, so that an alert sees the first refusal as a rise.
        models.models().forEach(model -> Arrays.stream(Reason.values()).forEach(reason -> refusals(model, reason)));
        kafka = context.kafka();
        partition = new TopicPartition(context.topics().models(), 0);
        trouble = Trouble.metered("snapshots of the scorer", context.clock(), meters);
        thread = Supervised.start("snapshots", this::begin, trouble, context.onFailure());
    }

    /// Starts to follow from the topic's beginning, where the newest of each model may be the only one left.
    public static SnapshotFeed start(ServiceContext context, ModelRegistry models) {
        return new SnapshotFeed(context, models);
    }

    /// Waits until everything that was on the topic at the start has been read, so that no image is scored by a
    /// snapshot that was replaced long ago.
    public void awaitCaughtUp() throws InterruptedException {
        caughtUp.await();
    }

    private Supervised.Life begin() {
        Following<byte[]> following =
                new Following<>(kafka.consumer(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "8")));
        return following.begin(consumer -> {
            consumer.assign(List.of(partition));
            consumer.seek(partition, next);
            LogEnd end = LogEnd.now(kafka, consumer, List.of(partition));
            return () -> {
                if (caughtUp.getCount() > 0 && end.reached()) {
                    backlog.drain(this::accept);
                    caughtUp.countDown();
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    take(record);
                    next = record.offset() + 1;
                }
            };
        });
    }

    /// Since when it waits for Kafka, and why.
    public Optional<String> trouble() {
        return trouble.report();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        SnapshotKey.read(record.key())
                .filter(key -> models.models().contains(key.model().toString()))
                .ifPresent(key -> {
                    if (caughtUp.getCount() > 0) {
                        backlog.add(key.model(), record);
                    } else {
                        accept(record);
                    }
                });
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
                gauge(versions, "weft.scorer.model.version", "Version of the snapshot in use", model)
                        .set(snapshot.version());
                publishedAt(model).set(record.timestamp());
                LOG.debug("model {} version {} is in use", model, snapshot.version());
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

    private void refuse(ConsumerRecord<String, byte[]> record, String model, Reason reason, Exception why) {
        refusals(model, reason).increment();
        LOG.warn("snapshot of model {} at offset {} is refused: {}", model, record.offset(), why.getMessage());
    }

    private Counter refusals(String model, Reason reason) {
        return Counter.builder("weft.scorer.snapshots.refused")
                .description("Snapshots that were refused, by reason")
                .tag("model", model)
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private AtomicLong gauge(Map<String, AtomicLong> values, String name, String description, String model) {
        return values.computeIfAbsent(model, _ -> {
            AtomicLong value = new AtomicLong();
            Gauge.builder(name, value, AtomicLong::get)
                    .description(description)
                    .tag("model", model)
                    .register(meters);
            return value;
        });
    }

    private AtomicLong publishedAt(String model) {
        return published.computeIfAbsent(model, _ -> {
            AtomicLong value = new AtomicLong();
            TimeGauge.builder("weft.scorer.model.published", value, TimeUnit.MILLISECONDS, AtomicLong::get)
                    .description("When the snapshot in use was published, since the epoch")
                    .tag("model", model)
                    .register(meters);
            return value;
        });
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
