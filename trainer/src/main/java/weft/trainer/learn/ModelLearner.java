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
import weft.core.image.Pixels;
import weft.core.image.Split;
import weft.core.metric.ReconstructionLoss;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.Model;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.trainer.autoencoder.DivergedException;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.cluster.Codes;
import weft.trainer.cluster.KMeansLearner;
import weft.trainer.cluster.MixtureLearner;
import weft.trainer.proto.Checkpoint;
import weft.trainer.proto.ClustererState;

/// Learns one model from the log's images in their order.
///
/// What it knows after an image is a function of the plan and of the images before it, on one partition:
/// mini-batches are cut by count and by the epoch's end alone, never by time, so that a resumed training
/// repeats an undisturbed one bit for bit.
public final class ModelLearner {
    private static final int FORMAT = 1;
    private static final int VALIDATION_IMAGES = 1_000;

    /// In nats a pixel: twice the loss of a network that answers one half everywhere, near which all start.
    private static final double BLOWN_UP = 2 * Math.log(2);

    private final ModelPlan plan;
    private final ImageLog log;
    private final String software;
    private final PublishPolicy policy;
    private final EncoderLearner encoder;
    private final List<ClustererLearner> clusterers = new ArrayList<>();
    private final Positions window;
    private final Positions validation;

    /// Test images met since the last mini-batch: they become part of the state when the offsets do.
    private final Positions freshTests = new Positions(VALIDATION_IMAGES, 0);

    private final float[] batch;
    private final Codes codes;
    private final int[] labels;
    private final int[] batchPartitions;
    private final long[] batchOffsets;
    private int pending;

    /// What has been consumed, and what of it the training covers.
    private final SortedMap<Integer, Long> consumed = new TreeMap<>();

    private final SortedMap<Integer, Long> through = new TreeMap<>();
    private long imagesSeen;
    private boolean milestone;
    private Optional<Encoder> before = Optional.empty();
    private double drift = Double.NaN;
    private double lossSum;
    private long lossCount;
    private final SortedMap<String, Double> losses = new TreeMap<>();

    /// A training from the start, or from a checkpoint of the same plan.
    ///
    /// @param software version for the snapshots' provenance
    /// @throws IllegalArgumentException where the checkpoint is another plan's
    public ModelLearner(ModelPlan plan, ImageLog log, String software, Optional<Checkpoint> checkpoint) {
        this.plan = plan;
        this.log = log;
        this.software = software;
        TrainingOptions options = plan.options();
        policy = new PublishPolicy(options.publishEvery(), Duration.ofSeconds(options.publishSeconds()));
        window = new Positions(plan.window(), plan.pipelines().size());
        validation = new Positions(VALIDATION_IMAGES, 0);
        batch = new float[options.batch() * Pixels.COUNT];
        codes = new Codes(options.batch(), plan.codeSize());
        labels = new int[options.batch()];
        batchPartitions = new int[options.batch()];
        batchOffsets = new long[options.batch()];
        checkpoint.ifPresent(this::check);
        encoder = !plan.hasNetwork()
                ? new PixelsAsCodes()
                : checkpoint
                        .<EncoderLearner>map(
                                saved -> new AutoencoderLearner(plan.options().autoencoder(), saved.getAutoencoder()))
                        .orElseGet(() -> new AutoencoderLearner(plan.options().autoencoder()));
        for (int i = 0; i < plan.pipelines().size(); i++) {
            int index = i;
            clusterers.add(clusterer(plan.pipelines().get(i), checkpoint.map(saved -> saved.getClusterers(index))));
        }
        checkpoint.ifPresent(this::restore);
    }

    private ClustererLearner clusterer(PipelineName pipeline, Optional<ClustererState> saved) {
        long seed = plan.options().seed();
        return switch (pipeline.algorithm()) {
            case KMEANS -> {
                KMeansLearner.Settings settings = new KMeansLearner.Settings(
                        pipeline.k(), plan.codeSize(), plan.follow(), plan.normalised(pipeline.algorithm()), seed);
                yield saved.map(state -> new KMeansLearner(settings, state))
                        .orElseGet(() -> new KMeansLearner(settings));
            }
            case GMM -> {
                MixtureLearner.Settings settings =
                        new MixtureLearner.Settings(pipeline.k(), plan.codeSize(), plan.follow(), seed);
                yield saved.map(state -> new MixtureLearner(settings, state))
                        .orElseGet(() -> new MixtureLearner(settings));
            }
        };
    }

    /// Takes the next image of a partition; one of the test split is not learnt from.
    public void accept(Image image, int partition, long offset) {
        if (image.split() == Split.TEST) {
            freshTests.add(partition, offset);
            consumed.put(partition, offset + 1);
            return;
        }
        image.pixels().toUnitInterval(batch, pending * Pixels.COUNT);
        batchPartitions[pending] = partition;
        batchOffsets[pending] = offset;
        pending++;
        consumed.put(partition, offset + 1);
        if (pending == labels.length) {
            learn();
        }
    }

    /// Passes over a record that is no image.
    public void skip(int partition, long offset) {
        consumed.put(partition, offset + 1);
    }

    /// Closes the mini-batch at the end of an epoch, however few images it has, and makes a milestone of it.
    public void endEpoch() {
        learn();
        milestone = true;
    }

    private void learn() {
        if (pending > 0) {
            double loss = encoder.train(batch, pending, codes);
            if (!Double.isNaN(loss)) {
                lossSum += loss * pending;
                lossCount += pending;
            }
            int first = Math.min(window.size(), plan.window() - pending);
            for (int i = 0; i < pending; i++) {
                window.add(batchPartitions[i], batchOffsets[i]);
            }
            for (int c = 0; c < clusterers.size(); c++) {
                clusterers.get(c).learn(codes, labels);
                for (int i = 0; i < pending; i++) {
                    window.label(c, first + i, labels[i]);
                }
            }
            milestone |= policy.milestone(imagesSeen, imagesSeen + pending);
            imagesSeen += pending;
            pending = 0;
        }
        freshTests.moveTo(validation);
        through.putAll(consumed);
    }

    /// Whether the images seen call for a publication; [#followWindow] comes before it.
    public boolean milestone() {
        return milestone;
    }

    /// Whether time calls for a publication of what has been learnt since the last one.
    public boolean overdue(Duration sincePublication, long publishedImages) {
        return ready() && policy.overdue(sincePublication, imagesSeen > publishedImages);
    }

    /// Whether every clusterer has had its first fit.
    public boolean ready() {
        return clusterers.stream().allMatch(ClustererLearner::started);
    }

    /// Fits the clusterers to the window as the encoder sees it now, and measures the losses: the work of a
    /// milestone.
    ///
    /// @throws DivergedException where the loss has blown up: what follows must not be published
    public void followWindow() {
        milestone = false;
        refuseBlownUp();
        Encoder now = encoder.encoder();
        if (clusterers.stream().anyMatch(learner -> learner.wantsWindow(imagesSeen)) && window.size() > 0) {
            Window read = Window.read(log, window, now, plan.hasNetwork() ? before : Optional.empty());
            drift = read.drift();
            if (read.collapsed()) {
                throw new DivergedException("every image has the same code, though the images differ");
            }
            for (int c = 0; c < clusterers.size(); c++) {
                if (clusterers.get(c).wantsWindow(imagesSeen)) {
                    int[] stored = read.labels(c);
                    clusterers.get(c).follow(read.codes(), stored, imagesSeen);
                    read.store(c, stored);
                }
            }
        }
        before = Optional.of(now);
        if (lossCount > 0) {
            losses.put("train.bce", lossSum / lossCount);
            lossSum = 0;
            lossCount = 0;
        }
        encoder.decoder().ifPresent(decoder -> {
            // Test images only: nothing has been learnt from them.
            ReconstructionLoss loss = new ReconstructionLoss(now, decoder);
            log.read(validation, (_, pixels) -> loss.add(pixels));
            if (Double.isFinite(loss.mean())) {
                losses.put("validation.bce", loss.mean());
            }
        });
        for (int c = 0; c < clusterers.size(); c++) {
            PipelineName pipeline = plan.pipelines().get(c);
            clusterers.get(c).measures().forEach((measure, value) -> losses.put(pipeline + "." + measure, value));
        }
    }

    private void refuseBlownUp() {
        double loss = lossCount == 0 ? 0 : lossSum / lossCount;
        if (loss > BLOWN_UP) {
            throw new DivergedException(loss, BLOWN_UP);
        }
    }

    /// The model as it is now; only once it is [#ready].
    ///
    /// @throws DivergedException where a parameter is not finite, or the loss since the last milestone has
    /// blown
    ///     up: such a model is never published
    public Snapshot snapshot() {
        refuseBlownUp();
        try {
            return published();
        } catch (IllegalArgumentException broken) {
            throw new DivergedException(String.valueOf(broken.getMessage()));
        }
    }

    private Snapshot published() {
        Map<PipelineName, Clusterer> learnt = new LinkedHashMap<>();
        for (int c = 0; c < clusterers.size(); c++) {
            learnt.put(plan.pipelines().get(c), clusterers.get(c).clusterer());
        }
        return new Snapshot(
                new Model(plan.model(), encoder.encoder(), encoder.decoder(), learnt),
                new Provenance(imagesSeen, through, plan.options().seed(), plan.hyperparameters(), losses, software));
    }

    /// Training images learnt from, every epoch counted.
    public long imagesSeen() {
        return imagesSeen;
    }

    /// For each partition the offset before which all has been learnt from.
    public Map<Integer, Long> trainedThrough() {
        return new TreeMap<>(through);
    }

    /// The losses as measured at the last milestone.
    public Map<String, Double> losses() {
        return new TreeMap<>(losses);
    }

    /// How far the encoder has moved from the milestone before, as a share of the codes' variance; NaN where it
    /// is not known: of pixels, at the first milestone and at the first one after a restart.
    public double drift() {
        return drift;
    }

    /// Clusters that died and were put elsewhere, by pipeline.
    public Map<PipelineName, Long> reseeds() {
        Map<PipelineName, Long> counts = new LinkedHashMap<>();
        for (int c = 0; c < clusterers.size(); c++) {
            counts.put(plan.pipelines().get(c), clusterers.get(c).reseeds());
        }
        return counts;
    }

    /// Everything that it takes to go on exactly from [#trainedThrough].
    public Checkpoint checkpoint() {
        Checkpoint.Builder message = Checkpoint.newBuilder()
                .setFormat(FORMAT)
                .setPlan(plan.fingerprint())
                .setImagesSeen(imagesSeen)
                .putAllTrainedThrough(through)
                .setWindow(window.save())
                .setValidation(validation.save())
                .setAutoencoder(encoder.save())
                .putAllLosses(losses)
                .setLossSum(lossSum)
                .setLossCount(lossCount);
        for (int c = 0; c < clusterers.size(); c++) {
            ClustererState.Builder state = clusterers.get(c).save().toBuilder();
            for (int i = 0; i < window.size(); i++) {
                state.addLabels(window.label(c, i));
            }
            message.addClusterers(state);
        }
        return message.build();
    }

    private void check(Checkpoint saved) {
        if (saved.getFormat() != FORMAT || !saved.getPlan().equals(plan.fingerprint())) {
            throw new IllegalArgumentException("the checkpoint of model " + plan.model() + " was trained as ["
                    + saved.getPlan() + "], not as [" + plan.fingerprint()
                    + "]: go on with the same options, or choose another --prefix or --dir");
        }
    }

    private void restore(Checkpoint saved) {
        imagesSeen = saved.getImagesSeen();
        through.putAll(saved.getTrainedThroughMap());
        consumed.putAll(through);
        losses.putAll(saved.getLossesMap());
        lossSum = saved.getLossSum();
        lossCount = saved.getLossCount();
        window.restore(saved.getWindow());
        validation.restore(saved.getValidation());
        for (int c = 0; c < clusterers.size(); c++) {
            for (int i = 0; i < window.size(); i++) {
                window.label(c, i, saved.getClusterers(c).getLabels(i));
            }
        }
    }
}
