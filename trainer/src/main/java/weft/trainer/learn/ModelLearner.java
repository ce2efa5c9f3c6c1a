package weft.trainer.learn;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import weft.core.image.Image;
import weft.core.image.Split;
import weft.core.model.Encoder;
import weft.core.model.Model;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.trainer.cluster.Codes;
import weft.trainer.drift.DriftDetector;
import weft.trainer.drift.DriftDetector.Verdict;
import weft.trainer.proto.Checkpoint;

/// Learns one model from the log's images in their order, and now and then gives a publication.
///
/// What it knows after an image is a function of the plan and of the images before it, on one partition:
/// mini-batches are cut by count and by the epoch's end alone, never by time, so that a resumed training
/// repeats an undisturbed one bit for bit.
public final class ModelLearner {
    private static final int VALIDATION_IMAGES = 1_000;
    private static final Duration LONG_AGO = Duration.ofDays(1);

    private final ModelPlan plan;
    private final String software;
    private final PublishPolicy policy;
    private final EncoderLearner encoder;
    private final PipelineLearners pipelines;
    private final DriftDetector detector;
    private final RecentImages validation;

    /// Test images met since the last mini-batch: they become part of the state when the offsets do.
    private final RecentImages freshTests;

    private final MiniBatch batch;
    private final Codes codes;
    private final Losses losses;

    /// What has been consumed, and what of it the training covers.
    private final SortedMap<Integer, Long> consumed = new TreeMap<>();

    private final SortedMap<Integer, Long> through = new TreeMap<>();
    private long imagesSeen;

    /// Images that came, train and test, and those of them that came before the last mini-batch's end.
    private long met;

    private long imagesMet;
    private final JudgedTests tests;
    private final Unpublished unpublished;
    private boolean milestone;
    private Optional<Encoder> before = Optional.empty();
    private double drift = Double.NaN;

    /// A training from the start, or from a checkpoint of the same plan.
    ///
    /// @param log to read the window back from, after a restart
    /// @param software version for the snapshots' provenance
    /// @throws IllegalArgumentException where the checkpoint is another plan's
    public ModelLearner(ModelPlan plan, ImageLog log, String software, Optional<Checkpoint> checkpoint) {
        this.plan = plan;
        this.software = software;
        TrainingOptions options = plan.options();
        policy = new PublishPolicy(options.publishEvery(), Duration.ofSeconds(options.publishSeconds()));
        unpublished = new Unpublished(policy);
        validation = new RecentImages(plan.shape(), VALIDATION_IMAGES, 0);
        freshTests = new RecentImages(plan.shape(), VALIDATION_IMAGES, 0);
        batch = new MiniBatch(options.batch(), plan.shape().values());
        codes = new Codes(options.batch(), plan.recipe().codeSize());
        Optional<Checkpoint> saved = checkpoint.map(message -> CheckpointCodec.read(message, plan));
        encoder = plan.recipe().encoder(saved.map(Checkpoint::getEncoder));
        pipelines = new PipelineLearners(plan, saved);
        losses = new Losses(encoder.loss(), encoder.blownUp());
        detector = new DriftDetector(options.drift());
        tests = new JudgedTests(options.batch(), plan.shape().values());
        saved.ifPresent(message -> restore(message, log));
    }

    /// Takes the next record of a partition; a test image is not learnt from, and what is no image is passed over.
    ///
    /// @return what is to be published, at every milestone and at an alarm
    /// @throws DivergedException where the training has diverged: nothing that follows must be published
    public Optional<Publication> accept(ImageRecord record) {
        return accept(record, () -> LONG_AGO);
    }

    /// The same, but a milestone may wait where the last publication is recent: [#overdue] then gives it.
    ///
    /// @param sincePublication asked at milestones alone; nothing is changed in the training by it
    public Optional<Publication> accept(ImageRecord record, Supplier<Duration> sincePublication) {
        record.image().ifPresent(image -> take(image, record.partition(), record.offset()));
        consumed.put(record.partition(), record.offset() + 1);
        if (batch.full()) {
            learn();
        }
        if (record.endsEpoch()) {
            // However few images the mini-batch has, the epoch's end closes it.
            learn();
            milestone = true;
        }
        if (!milestone) {
            return unpublished.urgent() ? Optional.of(publication(false)) : Optional.empty();
        }
        milestone = false;
        try {
            followWindow(record.endsEpoch());
            if (!ready()) {
                return Optional.empty();
            }
            if (detector.wantsModel(imagesSeen, imagesMet)) {
                detector.freeze(model(), imagesSeen);
            }
        } catch (IllegalArgumentException notFinite) {
            throw new DivergedException(String.valueOf(notFinite.getMessage()));
        }
        return record.endsEpoch() || unpublished.dueAt(sincePublication, imagesSeen)
                ? Optional.of(publication(record.endsEpoch()))
                : Optional.empty();
    }

    /// What is to be published of what has been learnt since the last publication, where time calls for it; nothing
    /// is changed in the training by it.
    ///
    /// @throws DivergedException where the training has diverged
    public Optional<Publication> overdue(Duration sincePublication) {
        return ready() && unpublished.overdue(sincePublication, imagesSeen)
                ? Optional.of(publication(false))
                : Optional.empty();
    }

    private void take(Image image, int partition, long offset) {
        met++;
        if (image.split() == Split.TEST) {
            freshTests.add(partition, offset, image.values());
        } else {
            batch.add(partition, offset, image.values());
        }
    }

    private void learn() {
        int images = batch.size();
        if (images > 0) {
            losses.trained(encoder.train(batch.values(), images, codes), images);
            judge(images);
            pipelines.learn(batch, codes);
            milestone |= policy.milestone(imagesSeen, imagesSeen + images);
            imagesSeen += images;
        }
        imagesMet = met;
        freshTests.moveTo(validation);
        through.putAll(consumed);
    }

    /// Judges what has come since the last mini-batch was learnt: the images of this one and the test images.
    private void judge(int images) {
        if (imagesSeen / plan.options().batch() % plan.recipe().judgedOfBatches() == 0) {
            react(detector.judge(batch.values(), images, batch.partitions(), batch.offsets(), imagesMet));
            tests.judge(freshTests, detector, imagesMet + images).forEach(this::react);
        }
    }

    /// Tells what the detector has noticed, at once, and does about it what the user has chosen.
    private void react(Verdict verdict) {
        verdict.alarm().ifPresent(alarm -> {
            if (alarm.first()) {
                unpublished.addUrgent(
                        Happening.drift(alarm, plan.options().drift().onDrift()));
            }
            int since = (int) Math.max(plan.options().batch(), met - alarm.since());
            pipelines.changed(since, plan.options().drift().onDrift(), imagesSeen);
        });
        if (verdict.over()) {
            unpublished.addUrgent(Happening.driftOver());
            pipelines.remember();
        }
    }

    /// Whether every clusterer has had its first fit.
    boolean ready() {
        return pipelines.ready();
    }

    /// Fits the clusterers to the window as the encoder sees it now, and measures the losses: the work of a
    /// milestone.
    private void followWindow(boolean epochEnd) {
        if (imagesSeen == 0) {
            return;
        }
        losses.refuseBlownUp();
        Encoder now = encoder.encoder();
        PipelineLearners.Followed followed =
                pipelines.follow(now, encoder.moves() ? before : Optional.empty(), imagesSeen, epochEnd);
        if (followed.moved().isPresent()) {
            drift = followed.moved().get();
            before = Optional.of(now);
        }
        unpublished.add(followed.events());
        losses.closeTraining();
        pipelines.measures(losses::measured);
    }

    private Publication publication(boolean epochEnd) {
        Optional<Snapshot> snapshot = unpublished.learntSince(imagesSeen) ? Optional.of(snapshot()) : Optional.empty();
        List<Happening> happened = unpublished.publish(imagesSeen);
        return new Publication(snapshot, epochEnd, checkpoint(), through, drift, pipelines.reseeds(), happened);
    }

    private Model model() {
        return new Model(plan.model(), plan.shape(), encoder.encoder(), encoder.decoder(), pipelines.learnt());
    }

    /// The model as it is now; only once it is [#ready].
    Snapshot snapshot() {
        losses.refuseBlownUp();
        try {
            Model model = model();
            return new Snapshot(
                    model,
                    new Provenance(
                            imagesSeen, through, plan.options().seed(), plan.hyperparameters(), losses(), software),
                    pipelines.facts(model.encoder(), model.clusterers()),
                    pipelines.strangeness());
        } catch (IllegalArgumentException broken) {
            // A parameter that is not finite: such a model is never published.
            throw new DivergedException(String.valueOf(broken.getMessage()));
        }
    }

    /// What the first publication still waits for; empty once there can be one.
    public Optional<FirstImages> waitsFor() {
        if (ready()) {
            return Optional.empty();
        }
        int batchSize = plan.options().batch();
        long needed = Math.ceilDiv(policy.first(plan.fewestImages()), batchSize) * batchSize;
        return Optional.of(new FirstImages(imagesSeen + batch.size(), needed));
    }

    /// Images that a training has, and those that its first publication takes unless an epoch ends before.
    public record FirstImages(long have, long needed) {}

    /// Training images learnt from, every epoch counted.
    public long imagesSeen() {
        return imagesSeen;
    }

    /// Images that came until the end of the last mini-batch, train and test: the model has judged them all.
    public long imagesMet() {
        return imagesMet;
    }

    /// Whether the stream has changed and is not stable again.
    public boolean drifting() {
        return detector.drifting();
    }

    /// For each partition the offset before which all has been learnt from.
    public Map<Integer, Long> trainedThrough() {
        return new TreeMap<>(through);
    }

    Map<String, Double> losses() {
        return losses.all(encoder, validation, plan.shape().values());
    }

    /// Everything that it takes to go on exactly from [#trainedThrough].
    Checkpoint checkpoint() {
        Checkpoint.Builder message = CheckpointCodec.begin(plan)
                .setImagesSeen(imagesSeen)
                .setImagesMet(imagesMet)
                .putAllTrainedThrough(through)
                .setValidation(validation.save())
                .setEncoder(encoder.save())
                .setDrift(detector.save(plan.family()));
        losses.save(message);
        pipelines.save(message);
        return message.build();
    }

    private void restore(Checkpoint saved, ImageLog log) {
        imagesSeen = saved.getImagesSeen();
        // An older release did not count test images.
        imagesMet = Math.max(imagesSeen, saved.getImagesMet());
        met = imagesMet;
        unpublished.publish(imagesSeen);
        through.putAll(saved.getTrainedThroughMap());
        consumed.putAll(through);
        losses.restore(saved);
        pipelines.restore(saved, log);
        validation.restore(saved.getValidation(), log);
        detector.restore(saved.getDrift(), plan.family(), plan.model(), plan.shape());
    }
}
