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
import weft.core.model.ModelFamilies;
import weft.core.model.Snapshot;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.SteadyClock;
import weft.kafka.service.UserError;
import weft.kafka.service.Version;
import weft.kafka.wire.ImageDeserializer;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.Topics;
import weft.trainer.learn.DivergedException;
import weft.trainer.learn.ImageRecord;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.Publication;
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
    private final String model;
    private final SnapshotCodec codec;
    private final TrainerMetrics metrics;
    private final Clock clock;
    private final Clock steady;
    private final Consumer<String, Optional<Image>> consumer;
    private Instant publishedAt = Instant.EPOCH;
    private volatile boolean stopping;
    private volatile boolean running;

    ModelTrainer(KafkaConnection kafka, Topics topics, ModelPlan plan, TrainerMetrics metrics, Clock clock) {
        this.kafka = kafka;
        this.topics = topics;
        this.plan = plan;
        model = plan.model().toString();
        codec = new SnapshotCodec(new ModelFamilies(List.of(plan.family())));
        this.metrics = metrics;
        this.clock = clock;
        steady = SteadyClock.from(clock);
        consumer = imageConsumer(Map.of(ConsumerConfig.GROUP_ID_CONFIG, topics.trainerGroup(model)));
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
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.trainerGroup(model),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.CHECKPOINT_BYTES + 4096),
                ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(2 * Topics.CHECKPOINT_BYTES));
        try (consumer;
                Producer<String, byte[]> producer = kafka.producer(transactional);
                KafkaImageLog log = new KafkaImageLog(imageConsumer(Map.of()), topics.images())) {
            producer.initTransactions();
            Optional<Checkpoint> checkpoint = CheckpointStore.newest(kafka, topics, model);
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
        publishedAt = steady.instant();
        metrics.resumed(learner.imagesSeen());
        running = true;
        try {
            while (!stopping) {
                for (ConsumerRecord<String, Optional<Image>> record : consumer.poll(POLL)) {
                    learn(learner, record).ifPresent(publication -> commit(publication, producer));
                    overdue(learner).ifPresent(publication -> commit(publication, producer));
                    if (stopping) {
                        return;
                    }
                }
                // A stream that pauses shows what it has taught all the same.
                overdue(learner).ifPresent(publication -> commit(publication, producer));
            }
        } catch (DivergedException diverged) {
            metrics.diverged();
            throw new TrainingDivergedException(
                    "the training of model " + plan.model() + " diverged after " + learner.imagesSeen() + " images ("
                            + diverged.getMessage() + "); the last good snapshot stays",
                    diverged);
        }
    }

    private Optional<Publication> overdue(ModelLearner learner) {
        return learner.overdue(Duration.between(publishedAt, steady.instant()));
    }

    private Optional<Publication> learn(ModelLearner learner, ConsumerRecord<String, Optional<Image>> record) {
        Optional<Image> image = record.value() == null ? Optional.empty() : record.value();
        if (image.isEmpty()) {
            metrics.unreadable();
        }
        boolean endsEpoch = record.headers().lastHeader(ImageHeaders.EPOCH_END) != null;
        long start = System.nanoTime();
        Optional<Publication> publication =
                learner.accept(new ImageRecord(record.partition(), record.offset(), image, endsEpoch));
        if (publication.isPresent()) {
            metrics.milestone(System.nanoTime() - start);
        }
        metrics.learnt(learner.imagesSeen(), (clock.millis() - record.timestamp()) / 1000.0);
        return publication;
    }

    /// Commits checkpoint, offsets and the snapshot, where there is one, in one transaction.
    private void commit(Publication publication, Producer<String, byte[]> producer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        publication
                .trainedThrough()
                .forEach((partition, offset) ->
                        offsets.put(new TopicPartition(topics.images(), partition), new OffsetAndMetadata(offset)));
        byte[] checkpoint = SnapshotCodec.deterministicBytes(publication.checkpoint());
        Optional<byte[]> snapshot = publication.snapshot().map(this::encode);
        producer.beginTransaction();
        // A send that fails makes the commit fail.
        snapshot.ifPresent(value -> {
            Future<?> _ = producer.send(new ProducerRecord<>(topics.models(), model, value));
        });
        Future<?> _ = producer.send(new ProducerRecord<>(topics.checkpoints(), model, checkpoint));
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        publishedAt = steady.instant();
        publication.snapshot().ifPresent(published -> {
            metrics.published(published, publication);
            LOG.debug("model {} published version {}", model, published.version());
        });
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
}
