package weft.trainer.learn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import weft.core.image.Image;
import weft.core.image.Split;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.Model;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.cluster.Codes;
import weft.trainer.proto.Checkpoint;
import weft.trainer.proto.SavedClusterer;

/// Learns one model from the log's images in their order, and now and then gives a publication.
///
/// What it knows after an image is a function of the plan and of the images before it, on one partition:
/// mini-batches are cut by count and by the epoch's end alone, never by time, so that a resumed training
/// repeats an undisturbed one bit for bit.
public final class ModelLearner {
    private static final int VALIDATION_IMAGES = 1_000;

    private final ModelPlan plan;
    private final String software;
    private final PublishPolicy policy;
    private final EncoderLearner encoder;
    private final List<ClustererLearner> clusterers = new ArrayList<>();
    private final RecentImages window;
    private final RecentImages validation = new RecentImages(VALIDATION_IMAGES, 0);

    /// Test images met since the last mini-batch: they become part of the state when the offsets do.
    private final RecentImages freshTests = new RecentImages(VALIDATION_IMAGES, 0);

    private final MiniBatch batch;
    private final Codes codes;
    private final int[] clusters;
    private final Losses losses;

    /// What has been consumed, and what of it the training covers.
    private final SortedMap<Integer, Long> consumed = new TreeMap<>();

    private final SortedMap<Integer, Long> through = new TreeMap<>();
    private long imagesSeen;
    private long published;
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
        window = new RecentImages(plan.window(), plan.pipelines().size());
        batch = new MiniBatch(options.batch(), plan.shape().values());
        codes = new Codes(options.batch(), plan.recipe().codeSize());
        clusters = new int[options.batch()];
        Optional<Checkpoint> saved = checkpoint.map(message -> CheckpointCodec.read(message, plan));
        encoder = plan.recipe().encoder(saved.map(Checkpoint::getEncoder));
        for (int i = 0; i < plan.pipelines().size(); i++) {
            int index = i;
            clusterers.add(plan.recipe()
                    .clusterer(
                            plan.pipelines().get(i),
                            saved.map(message -> message.getPipelines(index).getState())));
        }
        losses = new Losses(encoder.loss(), encoder.blownUp());
        saved.ifPresent(message -> restore(message, log));
    }

    /// Takes the next record of a partition; a test image is not learnt from, and what is no image is passed over.
    ///
    /// @return what is to be published, where the images seen call for it
    /// @throws DivergedException where the training has diverged: nothing that follows must be published
    public Optional<Publication> accept(ImageRecord record) {
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
            return Optional.empty();
        }
        milestone = false;
        followWindow();
        return ready() ? Optional.of(publication()) : Optional.empty();
    }

    /// What is to be published of what has been learnt since the last publication, where time calls for it; nothing
    /// is changed in the training by it.
    ///
    /// @throws DivergedException where the training has diverged
    public Optional<Publication> overdue(Duration sincePublication) {
        return ready() && policy.overdue(sincePublication, imagesSeen > published)
                ? Optional.of(publication())
                : Optional.empty();
    }

    private void take(Image image, int partition, long offset) {
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
            int first = Math.min(window.size(), window.capacity() - images);
            batch.moveTo(window);
            for (int c = 0; c < clusterers.size(); c++) {
                clusterers.get(c).learn(codes, clusters);
                for (int i = 0; i < images; i++) {
                    window.cluster(c, first + i, clusters[i]);
                }
            }
            milestone |= policy.milestone(imagesSeen, imagesSeen + images);
            imagesSeen += images;
        }
        freshTests.moveTo(validation);
        through.putAll(consumed);
    }

    /// Whether every clusterer has had its first fit.
    boolean ready() {
        return clusterers.stream().allMatch(ClustererLearner::started);
    }

    /// Fits the clusterers to the window as the encoder sees it now, and measures the losses: the work of a
    /// milestone.
    private void followWindow() {
        if (imagesSeen == 0) {
            return;
        }
        losses.refuseBlownUp();
        Encoder now = encoder.encoder();
        if (clusterers.stream().anyMatch(learner -> learner.wantsWindow(imagesSeen))) {
            follow(EncodedWindow.of(window, now, encoder.moves() ? before : Optional.empty()));
        }
        before = Optional.of(now);
        clusterers.forEach(learner -> learner.milestone(imagesSeen));
        losses.closeTraining();
        if (encoder.decoder().isPresent()) {
            losses.validate(encoder, validation, plan.shape().values());
        }
        for (int c = 0; c < clusterers.size(); c++) {
            PipelineName pipeline = plan.pipelines().get(c);
            clusterers.get(c).measures().forEach((measure, value) -> losses.measured(pipeline + "." + measure, value));
        }
    }

    private void follow(EncodedWindow encoded) {
        drift = encoded.drift();
        if (encoded.collapsed()) {
            throw new DivergedException("every image has the same code, though the images differ");
        }
        for (int c = 0; c < clusterers.size(); c++) {
            if (clusterers.get(c).wantsWindow(imagesSeen)) {
                int[] stored = encoded.clusters(c);
                clusterers.get(c).follow(encoded.codes(), stored, imagesSeen);
                encoded.store(c, stored);
            }
        }
    }

    private Publication publication() {
        Optional<Snapshot> snapshot = imagesSeen > published ? Optional.of(snapshot()) : Optional.empty();
        published = imagesSeen;
        Map<PipelineName, Long> reseeds = new LinkedHashMap<>();
        for (int c = 0; c < clusterers.size(); c++) {
            reseeds.put(plan.pipelines().get(c), clusterers.get(c).reseeds());
        }
        return new Publication(snapshot, checkpoint(), through, drift, reseeds);
    }

    /// The model as it is now; only once it is [#ready].
    Snapshot snapshot() {
        losses.refuseBlownUp();
        try {
            Map<PipelineName, Clusterer> learnt = new LinkedHashMap<>();
            for (int c = 0; c < clusterers.size(); c++) {
                learnt.put(plan.pipelines().get(c), clusterers.get(c).clusterer());
            }
            return new Snapshot(
                    new Model(plan.model(), plan.shape(), encoder.encoder(), encoder.decoder(), learnt),
                    new Provenance(
                            imagesSeen,
                            through,
                            plan.options().seed(),
                            plan.hyperparameters(),
                            losses.all(),
                            software));
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

    /// For each partition the offset before which all has been learnt from.
    public Map<Integer, Long> trainedThrough() {
        return new TreeMap<>(through);
    }

    Map<String, Double> losses() {
        return losses.all();
    }

    /// Everything that it takes to go on exactly from [#trainedThrough].
    Checkpoint checkpoint() {
        Checkpoint.Builder message = CheckpointCodec.begin(plan)
                .setImagesSeen(imagesSeen)
                .putAllTrainedThrough(through)
                .setWindow(window.save())
                .setValidation(validation.save())
                .setEncoder(encoder.save());
        losses.save(message);
        for (int c = 0; c < clusterers.size(); c++) {
            SavedClusterer.Builder saved =
                    SavedClusterer.newBuilder().setState(clusterers.get(c).save());
            for (int i = 0; i < window.size(); i++) {
                saved.addWindowClusters(window.cluster(c, i));
            }
            message.addPipelines(saved);
        }
        return message.build();
    }

    private void restore(Checkpoint saved, ImageLog log) {
        imagesSeen = saved.getImagesSeen();
        published = imagesSeen;
        through.putAll(saved.getTrainedThroughMap());
        consumed.putAll(through);
        losses.restore(saved);
        window.restore(saved.getWindow(), log);
        validation.restore(saved.getValidation(), log);
        for (int c = 0; c < clusterers.size(); c++) {
            for (int i = 0; i < window.size(); i++) {
                window.cluster(c, i, saved.getPipelines(c).getWindowClusters(i));
            }
        }
    }
}
