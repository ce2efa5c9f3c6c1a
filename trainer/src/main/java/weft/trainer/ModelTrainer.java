package weft.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.Image;
import weft.core.service.KafkaConnection;
import weft.core.service.UserError;
import weft.core.service.Version;
import weft.core.wire.ImageDeserializer;
import weft.core.wire.ImageHeaders;
import weft.core.wire.SnapshotCodec;
import weft.core.wire.Topics;
import weft.trainer.autoencoder.DivergedException;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;
import weft.trainer.proto.Checkpoint;

/// Trains one model from the images topic: reads, learns, and commits snapshot, checkpoint and offsets as one.
///
/// The checkpoint says where to go on; the group's committed offsets repeat it for the usual tools.
/// Partitions are assigned, not subscribed to: a model has one trainer, and a second one fences the first by
/// its transactional id.
final class ModelTrainer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelTrainer.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConnection kafka;
    private final Topics topics;
    private final ModelPlan plan;
    private final TrainerMetrics metrics;
    private final Clock clock;
    private final Consumer<String, Optional<Image>> consumer;
    private long published;
    private Instant publishedAt = Instant.EPOCH;
    private volatile boolean stopping;
    private volatile boolean running;

    ModelTrainer(KafkaConnection kafka, Topics topics, ModelPlan plan, TrainerMetrics metrics, Clock clock) {
        this.kafka = kafka;
        this.topics = topics;
        this.plan = plan;
        this.metrics = metrics;
        this.clock = clock;
        consumer = imageConsumer(Map.of(ConsumerConfig.GROUP_ID_CONFIG, topics.trainerGroup(plan.model())));
    }

    private Consumer<String, Optional<Image>> imageConsumer(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        return kafka.consumer(new ImageDeserializer(), all);
    }

    /// Whether it reads and learns right now.
    boolean running() {
        return running;
    }

    /// Asks it to stop after the record at hand.
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    @Override
    public void run() {
        Map<String, String> transactional = Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.trainerGroup(plan.model()),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.CHECKPOINT_BYTES + 4096),
                ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(2 * Topics.CHECKPOINT_BYTES));
        try (consumer;
                Producer<String, byte[]> producer = kafka.producer(transactional);
                KafkaImageLog log = new KafkaImageLog(imageConsumer(Map.of()), topics.images())) {
            producer.initTransactions();
            Optional<Checkpoint> checkpoint = CheckpointStore.newest(kafka, topics, plan.model());
            ModelLearner learner = learner(log, checkpoint);
            List<TopicPartition> partitions = consumer.partitionsFor(topics.images()).stream()
                    .map(info -> new TopicPartition(topics.images(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<Integer, Long> through = learner.trainedThrough();
            partitions.forEach(partition -> consumer.seek(partition, through.getOrDefault(partition.partition(), 0L)));
            LOG.info("model {} goes on after {} images", plan.model(), learner.imagesSeen());
            train(learner, producer);
        } catch (WakeupException stop) {
            if (!stopping) {
                throw stop;
            }
        } finally {
            running = false;
        }
    }

    private ModelLearner learner(KafkaImageLog log, Optional<Checkpoint> checkpoint) {
        try {
            return new ModelLearner(plan, log, Version.current(), checkpoint);
        } catch (IllegalArgumentException otherPlan) {
            throw new UserError(String.valueOf(otherPlan.getMessage()), otherPlan);
        }
    }

    private void train(ModelLearner learner, Producer<String, byte[]> producer) {
        published = learner.imagesSeen();
        publishedAt = clock.instant();
        metrics.resumed(published);
        running = true;
        try {
            while (!stopping) {
                for (ConsumerRecord<String, Optional<Image>> record : consumer.poll(POLL)) {
                    learn(learner, record);
                    commitWhatIsDue(learner, producer);
                    if (stopping) {
                        return;
                    }
                }
                // A stream that pauses shows what it has taught all the same.
                commitWhatIsDue(learner, producer);
            }
        } catch (DivergedException diverged) {
            metrics.diverged();
            throw new TrainingDivergedException(
                    "the training of model " + plan.model() + " diverged after " + learner.imagesSeen() + " images ("
                            + diverged.getMessage() + "); the last good snapshot stays",
                    diverged);
        }
    }

    private void commitWhatIsDue(ModelLearner learner, Producer<String, byte[]> producer) {
        boolean milestone = learner.milestone();
        if (milestone) {
            metrics.milestones().record(learner::followWindow);
        }
        boolean overdue = learner.overdue(Duration.between(publishedAt, clock.instant()), published);
        if (learner.ready() && (milestone || overdue)) {
            commit(learner, producer);
            published = learner.imagesSeen();
            publishedAt = clock.instant();
        }
    }

    private void learn(ModelLearner learner, ConsumerRecord<String, Optional<Image>> record) {
        if (record.value() != null && record.value().isPresent()) {
            learner.accept(record.value().get(), record.partition(), record.offset());
        } else {
            metrics.unreadable();
            learner.skip(record.partition(), record.offset());
        }
        if (record.headers().lastHeader(ImageHeaders.EPOCH_END) != null) {
            learner.endEpoch();
        }
        metrics.learnt(learner.imagesSeen(), (clock.millis() - record.timestamp()) / 1000.0);
    }

    /// Commits checkpoint and offsets, and the snapshot where it has seen more than the last one: an epoch
    /// may end with images that teach nothing, and their offsets count too.
    private void commit(ModelLearner learner, Producer<String, byte[]> producer) {
        boolean news = learner.imagesSeen() > published;
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        learner.trainedThrough()
                .forEach((partition, offset) ->
                        offsets.put(new TopicPartition(topics.images(), partition), new OffsetAndMetadata(offset)));
        byte[] checkpoint = SnapshotCodec.deterministicBytes(learner.checkpoint());
        Optional<byte[]> snapshot = news ? Optional.of(snapshot(learner)) : Optional.empty();
        producer.beginTransaction();
        // A send that fails makes the commit fail.
        snapshot.ifPresent(value -> {
            Future<?> _ = producer.send(new ProducerRecord<>(topics.models(), plan.model(), value));
        });
        Future<?> _ = producer.send(new ProducerRecord<>(topics.checkpoints(), plan.model(), checkpoint));
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        if (news) {
            metrics.published(learner);
            LOG.debug("model {} published version {}", plan.model(), learner.imagesSeen());
        }
    }

    private byte[] snapshot(ModelLearner learner) {
        byte[] snapshot = SnapshotCodec.encode(learner.snapshot());
        if (snapshot.length > Topics.SNAPSHOT_BYTES) {
            throw new UserError("a snapshot of model " + plan.model() + " would have " + snapshot.length
                    + " bytes, more than the " + Topics.SNAPSHOT_BYTES + " that the models topic takes: fewer layers, "
                    + "smaller K or fewer pipelines");
        }
        return snapshot;
    }
}
