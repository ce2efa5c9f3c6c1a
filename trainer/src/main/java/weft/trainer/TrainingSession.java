package weft.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.SteadyClock;
import weft.kafka.service.Supervised;
import weft.kafka.service.TopicGuard;
import weft.kafka.service.UserError;
import weft.kafka.service.Version;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.ImageIds;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.TimedImage;
import weft.kafka.wire.Topics;
import weft.trainer.learn.DivergedException;
import weft.trainer.learn.Happening;
import weft.trainer.learn.ImageRecord;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.Publication;
import weft.trainer.proto.Checkpoint;

/// The training of one model from a commit to the next fault: reads, learns, and commits snapshot, checkpoint
/// and offsets as one.
///
/// The checkpoint says where to go on; the group's committed offsets repeat it for the usual tools, and their
/// metadata says who trains ([Claim]). Partitions are assigned, not subscribed to: a model has one trainer, and
/// a second one fences the first by its transactional id.
///
/// Whatever fails ends the session. What the commit at hand came to is settled by the next session's producer,
/// which has the same transactional id.
final class TrainingSession implements Supervised.Life {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingSession.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration REREAD = Duration.ofSeconds(30);

    private final Topics topics;
    private final ModelPlan plan;
    private final String model;
    private final TrainerMetrics metrics;
    private final Clock clock;
    private final Clock steady;
    private final TrainingClients clients;
    private final TopicGuard guard;
    private final Claim claim;
    private final EventWriter events;
    private final ModelLearner learner;
    private final ImagePartitions partitions;
    private final ModelHistory history;
    private Instant publishedAt;
    private volatile Optional<ModelLearner.FirstImages> waitsFor = Optional.empty();
    private volatile boolean stopping;

    /// Takes the model over and goes on from its last commit.
    ///
    /// @param historyBytes that the model's versions may take on their topic
    /// @param guard of the images topic
    /// @param mine this trainer's claim, where an earlier session has committed it
    /// @throws ReplacedException where a newer trainer has the model
    static TrainingSession open(
            ServiceContext context,
            ModelPlan plan,
            long historyBytes,
            TrainerMetrics metrics,
            TopicGuard guard,
            Optional<Claim> mine) {
        guard.check();
        TrainingClients clients = TrainingClients.open(
                context.kafka(),
                context.dataset(),
                context.topics().trainerGroup(plan.model().toString()));
        try {
            return new TrainingSession(context, plan, historyBytes, metrics, clients, guard, mine);
        } catch (RuntimeException fault) {
            clients.close();
            throw fault;
        }
    }

    private TrainingSession(
            ServiceContext context,
            ModelPlan plan,
            long historyBytes,
            TrainerMetrics metrics,
            TrainingClients clients,
            TopicGuard guard,
            Optional<Claim> mine) {
        topics = context.topics();
        this.plan = plan;
        model = plan.model().toString();
        this.metrics = metrics;
        clock = context.clock();
        events = new EventWriter(topics, model, metrics, clock);
        steady = SteadyClock.from(clock);
        this.clients = clients;
        this.guard = guard;
        if (mine.isPresent()) {
            // Before it is fenced: a newer trainer that is well shall not notice this one.
            refuseWhereReplaced(mine.get());
        }
        clients.producer().initTransactions();
        // From here on no other trainer can commit unless it fences this one.
        mine.ifPresent(this::refuseWhereReplaced);
        claim = mine.orElseGet(() -> standing().next());
        CheckpointStore checkpoints = new CheckpointStore(context.kafka(), topics, model);
        Optional<Checkpoint> checkpoint = checkpoints.newest(guard.id(topics.images()));
        learner = learner(new KafkaImageLog(clients.again(), topics.images(), REREAD), checkpoint);
        partitions = new ImagePartitions(clients.consumer(), topics.images());
        checkpoints.refuseOlder(clients.consumer().committed(partitions.first()), learner.trainedThrough());
        partitions.assign(learner.trainedThrough());
        commitClaim();
        history = ModelHistory.open(context.kafka(), topics, plan, historyBytes);
        publishedAt = steady.instant();
        metrics.resumed(learner.imagesSeen(), learner.drifting());
        LOG.info("model {} goes on after {} images", model, learner.imagesSeen());
    }

    private TopicPartition claimed() {
        return new TopicPartition(topics.images(), 0);
    }

    private Claim standing() {
        OffsetAndMetadata committed =
                clients.consumer().committed(Set.of(claimed())).get(claimed());
        return Claim.parse(committed == null ? "" : committed.metadata());
    }

    private void refuseWhereReplaced(Claim mine) {
        if (mine.isReplacedBy(standing())) {
            throw new ReplacedException(model);
        }
    }

    private void commitClaim() {
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets(learner.trainedThrough());
        offsets.putIfAbsent(claimed(), new OffsetAndMetadata(0, claim.text()));
        clients.producer().beginTransaction();
        clients.producer().sendOffsetsToTransaction(offsets, clients.consumer().groupMetadata());
        clients.producer().commitTransaction();
    }

    /// What the first publication waits for.
    Optional<ModelLearner.FirstImages> waitsFor() {
        return waitsFor;
    }

    /// What the offsets of this trainer's commits say.
    Claim claim() {
        return claim;
    }

    private ModelLearner learner(KafkaImageLog log, Optional<Checkpoint> checkpoint) {
        try {
            return new ModelLearner(plan, log, Version.current(), checkpoint);
        } catch (IllegalArgumentException otherPlan) {
            throw new UserError(String.valueOf(otherPlan.getMessage()), otherPlan);
        }
    }

    @Override
    public boolean round() {
        try {
            for (ConsumerRecord<String, Optional<TimedImage>> record :
                    clients.consumer().poll(POLL)) {
                learn(record).ifPresent(this::commit);
                if (stopping) {
                    return false;
                }
            }
            // Once a poll: a slow stream, and one that pauses, shows what it has taught.
            learner.overdue(sincePublication()).ifPresent(this::commit);
            waitsFor = learner.waitsFor();
            // A consumer waits without a word where its topic is gone.
            guard.checkNowAndThen();
            partitions.follow();
            history.follow();
            return true;
        } catch (DivergedException diverged) {
            metrics.diverged();
            clients.producer().beginTransaction();
            events.send(clients.producer(), Happening.divergence(diverged), learner.imagesSeen(), learner.imagesMet());
            clients.producer().commitTransaction();
            throw new TrainingDivergedException(
                    "the training of model " + model + " diverged after " + learner.imagesSeen() + " images ("
                            + diverged.getMessage() + "); the last good snapshot stays",
                    diverged);
        }
    }

    private Duration sincePublication() {
        return Duration.between(publishedAt, steady.instant());
    }

    private Optional<Publication> learn(ConsumerRecord<String, Optional<TimedImage>> record) {
        Optional<TimedImage> image = record.value() == null || !identified(record) ? Optional.empty() : record.value();
        if (image.isEmpty()) {
            metrics.unreadable();
        }
        boolean endsEpoch = record.headers().lastHeader(ImageHeaders.EPOCH_END) != null;
        long start = System.nanoTime();
        Optional<Publication> publication = learner.accept(
                new ImageRecord(record.partition(), record.offset(), image.map(TimedImage::image), endsEpoch),
                this::sincePublication);
        if (publication.isPresent()) {
            metrics.milestone(System.nanoTime() - start);
        }
        metrics.learnt(learner.imagesSeen());
        if (image.isPresent()) {
            Instant eventTime = image.get().eventTime(record.timestamp());
            metrics.age((clock.millis() - eventTime.toEpochMilli()) / 1000.0);
        }
        return publication;
    }

    /// What has no id that could be told is no image for anybody.
    private static boolean identified(ConsumerRecord<String, Optional<TimedImage>> record) {
        try {
            ImageIds.of(record.key(), record.partition(), record.offset());
            return true;
        } catch (IllegalArgumentException noId) {
            return false;
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Map<Integer, Long> through) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        through.forEach((partition, offset) -> offsets.put(
                new TopicPartition(topics.images(), partition), new OffsetAndMetadata(offset, claim.text())));
        return offsets;
    }

    /// Commits checkpoint, offsets and the snapshot, where there is one, in one transaction.
    private void commit(Publication publication) {
        // What was learnt from another topic than before is not committed.
        guard.check();
        byte[] checkpoint = SnapshotCodec.deterministicBytes(publication.checkpoint().toBuilder()
                .setImagesTopic(guard.id(topics.images()))
                .build());
        Producer<String, byte[]> producer = clients.producer();
        producer.beginTransaction();
        history.send(producer, publication.snapshot(), publication.epochEnd());
        // A send that fails makes the commit fail.
        Future<?> _ = producer.send(new ProducerRecord<>(topics.checkpoints(), model, checkpoint));
        for (Happening happening : publication.events()) {
            events.send(producer, happening, learner.imagesSeen(), learner.imagesMet());
        }
        producer.sendOffsetsToTransaction(
                offsets(publication.trainedThrough()), clients.consumer().groupMetadata());
        producer.commitTransaction();
        publishedAt = steady.instant();
        publication.snapshot().ifPresent(published -> {
            metrics.published(published, publication);
            LOG.debug("model {} published version {}", model, published.version());
        });
    }

    @Override
    public void wakeup() {
        stopping = true;
        clients.consumer().wakeup();
        clients.again().wakeup();
    }

    @Override
    public void close() {
        history.close();
        clients.close();
    }
}
