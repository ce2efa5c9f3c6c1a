package weft.trainer.cluster;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import weft.core.model.Clusterer;
import weft.core.model.GaussianMixture;
import weft.trainer.proto.ClustererState;
import weft.trainer.proto.MixtureState;

/// Gaussian mixture by stepwise EM (Cappé and Moulines 2009): `ŝ ← (1 − η) ŝ + η mean(r, r x, r x xᵀ)`,
/// `η = (t + 10)^−0.6`, in batches of 256 codes.
///
/// Until the window is full it is fitted anew at each milestone, ids kept; stepwise EM takes over from there.
public final class MixtureLearner implements ClustererLearner {
    /// What a user may choose.
    public record Settings(int k, int dimension, Follow follow, long seed) {}

    private static final long STEPWISE_FROM = 10_000;
    private static final int BATCH = 256;
    private static final int LLOYD_ROUNDS = 20;
    private static final int EM_ROUNDS = 5;

    /// The ridge on every covariance, as a share of the codes' mean variance; a hundred times less lets
    /// components collapse while the encoder moves.
    private static final double RIDGE = 0.01;

    /// A change of the ridge, as a share of it, that makes no difference.
    private static final double LITTLE = 0.05;

    /// The step that a change of the stream sets back to: the last two thousand images weigh most.
    private static final long EARLY_STEPS = 25;

    /// Images that a fit from scratch takes.
    private static final int FEWEST_ANEW = 2_000;

    private final Settings settings;
    private final MixtureStatistics statistics;
    private final Codes pending;
    private final FollowInterval interval = new FollowInterval();

    /// What the pending codes teach; null where it has to be told anew.
    private @Nullable MixtureSums taught;

    private double ridge;
    private boolean started;
    private boolean stepwise;
    private long steps;
    private boolean anew;
    private long reseeds;
    private double objectiveSum;
    private long objectiveCount;

    public MixtureLearner(Settings settings) {
        this.settings = settings;
        statistics = new MixtureStatistics(settings.k(), settings.dimension());
        pending = new Codes(BATCH, settings.dimension());
    }

    /// From the start, or going on from what [#save] gave.
    public static MixtureLearner of(Settings settings, Optional<ByteString> saved) {
        MixtureLearner learner = new MixtureLearner(settings);
        saved.map(ClustererStates::parse).ifPresent(learner::restore);
        return learner;
    }

    private void restore(ClustererState state) {
        MixtureState mixture = state.getMixture();
        started = state.getStarted();
        stepwise = state.getStage() > 0;
        anew = state.getAnew();
        reseeds = state.getReseeds();
        interval.restore(state);
        objectiveSum = state.getObjectiveSum();
        objectiveCount = state.getObjectiveCount();
        ridge = mixture.getRidge();
        steps = mixture.getSteps();
        if (started) {
            statistics.restore(mixture);
            maximise();
        }
        for (int i = 0; i < mixture.getPendingCount(); i++) {
            pending.values()[i] = mixture.getPending(i);
        }
        pending.rows(mixture.getPendingCount() / settings.dimension());
    }

    @Override
    public void learn(Codes batch, int[] clusters) {
        if (!started) {
            Arrays.fill(clusters, 0, batch.rows(), -1);
            return;
        }
        int n;
        for (int from = 0; from < batch.rows(); from += n) {
            // Up to where a step changes the parameters.
            n = Math.min(Math.min(MixtureParameters.BLOCK, batch.rows() - from), BATCH - pending.rows());
            // Asked for first, as it may measure the pending codes: what is measured last is what is taught.
            MixtureSums sums = taught();
            statistics.expect(batch, from, n);
            for (int row = 0; row < n; row++) {
                objectiveSum += statistics.logLikelihood(row);
                objectiveCount++;
                clusters[from + row] = statistics.mostProbable(row);
                if (stepwise) {
                    pending.add(batch.values(), batch.offset(from + row));
                    statistics.teach(sums, pending, pending.rows() - 1, row);
                }
            }
            if (pending.rows() == BATCH) {
                step(sums);
            }
        }
    }

    private MixtureSums taught() {
        MixtureSums known = taught;
        if (known == null) {
            known = statistics.contribution(pending);
            taught = known;
        }
        return known;
    }

    /// Parameters from the sums: by these the pending codes teach something else.
    private void maximise() {
        statistics.maximise(ridge);
        taught = null;
    }

    private void step(MixtureSums sums) {
        double eta = Math.pow(steps + 10.0, -0.6);
        statistics.apply(sums, eta);
        reseeds += statistics.reseedLightest(pending) ? 1 : 0;
        maximise();
        steps++;
        pending.rows(0);
    }

    @Override
    public boolean wantsWindow(long imagesSeen) {
        return !stepwise || anew || interval.due(imagesSeen);
    }

    @Override
    public boolean followsCodes() {
        return true;
    }

    @Override
    public void forget(long images, boolean fitAnew) {
        steps = Math.min(steps, EARLY_STEPS);
        anew = fitAnew;
        interval.shorten();
    }

    @Override
    public void follow(Codes window, int[] clusters, long imagesSeen) {
        if (window.rows() < settings.k()) {
            return;
        }
        double before = ridge;
        ridge = RIDGE * window.meanVariance();
        if (stepwise && !(anew && window.rows() >= FEWEST_ANEW)) {
            interval.followed(imagesSeen, Math.abs(ridge - before) / before, LITTLE);
            maximise();
            return;
        }
        anew = false;
        SplittableRandom random = Sampling.random(settings.seed(), imagesSeen);
        KMeans start = KMeans.fit(window, settings.k(), LLOYD_ROUNDS, random);
        MixtureStatistics fit = new MixtureStatistics(settings.k(), settings.dimension());
        fit.start(window, start.clusters(), ridge);
        for (int round = 0; round < EM_ROUNDS; round++) {
            fit.apply(fit.contribution(window), 1);
            fit.maximise(ridge);
        }
        int[] after = new int[window.rows()];
        for (int from = 0; from < after.length; from += MixtureParameters.BLOCK) {
            int n = Math.min(MixtureParameters.BLOCK, after.length - from);
            fit.expect(window, from, n);
            for (int row = 0; row < n; row++) {
                after[from + row] = fit.mostProbable(row);
            }
        }
        int[] ids = ClusterIds.match(Arrays.copyOf(clusters, after.length), after, settings.k());
        statistics.adopt(fit, ids);
        maximise();
        for (int i = 0; i < after.length; i++) {
            clusters[i] = ids[after[i]];
        }
        started = true;
        stepwise = settings.follow() != Follow.REFIT && imagesSeen >= STEPWISE_FROM;
    }

    @Override
    public boolean started() {
        return started;
    }

    @Override
    public Clusterer clusterer() {
        return new GaussianMixture(statistics.components());
    }

    @Override
    public Map<String, Double> measures() {
        Map<String, Double> measures = objectiveCount == 0
                ? Map.of()
                : Map.of(
                        "loglikelihood",
                        objectiveSum / objectiveCount,
                        "bic",
                        GaussianMixture.bic(settings.k(), settings.dimension(), objectiveCount, objectiveSum));
        objectiveSum = 0;
        objectiveCount = 0;
        return measures;
    }

    @Override
    public long reseeds() {
        return reseeds;
    }

    @Override
    public ByteString save() {
        MixtureState.Builder mixture = started ? statistics.save() : MixtureState.newBuilder();
        mixture.setRidge(ridge).setSteps(steps);
        for (int i = 0; i < pending.rows() * settings.dimension(); i++) {
            mixture.addPending(pending.values()[i]);
        }
        ClustererState.Builder state = ClustererState.newBuilder()
                .setStarted(started)
                .setStage(stepwise ? 1 : 0)
                .setAnew(anew)
                .setReseeds(reseeds)
                .setObjectiveSum(objectiveSum)
                .setObjectiveCount(objectiveCount)
                .setMixture(mixture);
        interval.save(state);
        return state.build().toByteString();
    }
}
