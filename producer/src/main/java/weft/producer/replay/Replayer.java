package weft.producer.replay;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import weft.core.image.Split;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.SteadyClock;
import weft.kafka.service.TopicChangedException;
import weft.kafka.service.TopicGuard;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Times;
import weft.kafka.wire.Topics;
import weft.producer.dataset.LabelledImages;
import weft.producer.drift.Changes;
import weft.producer.replay.ReplayPlan.Item;

/// Puts a replay's images onto the topic, each exactly once: what an earlier run had sent is not sent again.
///
/// The producer is idempotent, so each partition holds a prefix of what the plan has for it, whenever the
/// process died.
public final class Replayer implements AutoCloseable {
    private static final byte[] CONTENT_TYPE = utf8("application/octet-stream");
    private static final String FOR_EVER = Integer.toString(Integer.MAX_VALUE);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration LOOK_AT_TOPIC = Duration.ofSeconds(1);

    /// A producer and where it goes on; after a fault it is of no use any more.
    public final class Sending implements AutoCloseable {
        private final Producer<String, byte[]> producer;
        private final TopicGuard images;
        private final int partitions;
        private final byte[] replay;
        private final Map<Integer, ReplayPosition.Last> last;
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        private CompletableFuture<Void> look = CompletableFuture.completedFuture(null);
        private long lookedAt = System.nanoTime();

        private Sending(Producer<String, byte[]> producer, TopicGuard images) {
            this.producer = producer;
            this.images = images;
            List<TopicPartition> known = producer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            partitions = known.size();
            String fingerprint = plan.fingerprint(partitions);
            replay = utf8(fingerprint);
            last = ReplayPosition.find(kafka, topic, known, fingerprint);
        }

        /// Does not wait for the answer: sending goes on while Kafka is in trouble.
        private void lookAtTopic() {
            long now = System.nanoTime();
            if (!look.isDone() || now - lookedAt < LOOK_AT_TOPIC.toNanos()) {
                return;
            }
            if (look.isCompletedExceptionally() && look.exceptionNow() instanceof TopicChangedException changed) {
                throw changed;
            }
            lookedAt = now;
            look = CompletableFuture.runAsync(
                    images::check, task -> Thread.ofVirtual().start(task));
        }

        @Override
        public void close() {
            producer.close(CLOSE);
        }
    }

    private final KafkaConnection kafka;
    private final String topic;
    private final LabelledImages data;
    private final ReplayPlan plan;
    private final Clock clock;
    private volatile @Nullable TopicGuard guard;
    private volatile boolean stopping;

    public Replayer(KafkaConnection kafka, Topics topics, LabelledImages data, ReplayPlan plan, Clock clock) {
        this.kafka = kafka;
        this.topic = topics.images();
        this.data = data;
        this.plan = plan;
        this.clock = clock;
    }

    /// Makes a producer and finds the place on the topic to go on from.
    ///
    /// @param pace as for [#run]
    /// @throws TopicChangedException where the topic is another one than at the first call: the rest of a replay is
    /// of no use without its beginning
    public Sending connect(Pace pace) {
        TopicGuard images = guard;
        if (images == null) {
            images = TopicGuard.open(kafka, List.of(topic));
            guard = images;
        }
        images.check();
        // A producer that gave up on an image could not know whether it arrives all the same, later, beside its
        // repetition by the next producer. So it never gives up by time; what is fatal to it is another matter.
        Map<String, String> settings = new HashMap<>(KafkaConnection.writing(pace.perSecond() > 0));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, FOR_EVER);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, FOR_EVER);
        Producer<String, byte[]> producer = kafka.producer(settings);
        try {
            return new Sending(producer, images);
        } catch (RuntimeException fault) {
            producer.close(Duration.ZERO);
            throw fault;
        }
    }

    /// Sends what is not there yet and waits until all of it is acknowledged.
    ///
    /// It ends early after [#stop]; what was sent by then is acknowledged and stays.
    ///
    /// @return whether the whole replay is on the topic
    /// @throws KafkaException where an image was not acknowledged
    public boolean run(Sending sending, int epochs, Pace pace, Progress progress) {
        Pacer pacer = new Pacer(pace, SteadyClock.from(clock), clock);
        long before = 0;
        for (int epoch = 0; epoch < epochs && !stopping; epoch++) {
            List<Item> items = plan.sent(epoch, before, data);
            long later = (long) (epochs - epoch - 1) * plan.size();
            sendEpoch(sending, new Epoch(epoch, items, before, before + items.size() + later), pacer, progress);
            before += items.size();
        }
        sending.producer.flush();
        Exception fault = sending.failure.get();
        if (fault != null) {
            throw new KafkaException("images were not acknowledged: " + fault.getMessage(), fault);
        }
        return !stopping;
    }

    /// Asks [#run] to end, from another thread.
    public void stop() {
        stopping = true;
    }

    @Override
    public void close() {
        TopicGuard images = guard;
        if (images != null) {
            images.close();
        }
    }

    /// One epoch of a replay.
    ///
    /// @param before images of the epochs before
    /// @param total images of all epochs, with what drift leaves out of later ones
    private record Epoch(int number, List<Item> items, long before, long total) {}

    private void sendEpoch(Sending sending, Epoch of, Pacer pacer, Progress progress) {
        List<Item> items = of.items;
        int epoch = of.number;
        int[] partitionOf = new int[items.size()];
        Map<Integer, Integer> sentThrough = new HashMap<>();
        Map<Integer, Integer> finalItem = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            String id = items.get(i).id();
            int partition = Utils.toPositive(Utils.murmur2(utf8(id))) % sending.partitions;
            partitionOf[i] = partition;
            finalItem.put(partition, i);
            ReplayPosition.Last position = sending.last.get(partition);
            if (position != null && position.epoch() == epoch && position.id().equals(id)) {
                sentThrough.put(partition, i);
            }
        }
        for (int i = 0; i < items.size(); i++) {
            if (stopping || sending.failure.get() != null) {
                return;
            }
            int partition = partitionOf[i];
            ReplayPosition.Last position = sending.last.get(partition);
            long done = of.before + i + 1;
            boolean earlierEpoch = position != null && epoch < position.epoch();
            if (earlierEpoch || i <= sentThrough.getOrDefault(partition, -1)) {
                progress.skipped(done, of.total);
            } else {
                Optional<Instant> due = pacer.next(() -> stopping);
                if (due.isEmpty()) {
                    return;
                }
                boolean ends = finalItem.getOrDefault(partition, -1) == i;
                sending.lookAtTopic();
                // A fault is seen by the callback.
                Future<?> _ = sending.producer.send(
                        record(sending, items.get(i), partition, epoch, done - 1, due.get(), ends), (_, fault) -> {
                            if (fault != null) {
                                sending.failure.compareAndSet(null, fault);
                            }
                        });
                progress.sent(done, of.total);
            }
        }
    }

    private ProducerRecord<String, byte[]> record(
            Sending sending, Item item, int partition, int epoch, long before, Instant due, boolean ends) {
        Split split = item.split();
        Changes changes = plan.drifts().at(before);
        byte[] raw = changes.apply(data.describe().shape(), data.raw(split, item.index()), item.id(), epoch);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, partition, due.toEpochMilli(), item.id(), raw);
        record.headers().add(ImageHeaders.SPLIT, utf8(split.id()));
        data.label(split, item.index()).ifPresent(label -> record.headers().add(ImageHeaders.LABEL, utf8(label)));
        record.headers()
                .add(ImageHeaders.EPOCH, utf8(Integer.toString(epoch)))
                .add(ImageHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .add(ImageHeaders.EVENT_TIME, utf8(Times.text(due)))
                .add(ImageHeaders.REPLAY, sending.replay);
        changes.header().ifPresent(drift -> record.headers().add(ImageHeaders.DRIFT, utf8(drift)));
        if (ends) {
            record.headers().add(new RecordHeader(ImageHeaders.EPOCH_END, utf8("true")));
        }
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
