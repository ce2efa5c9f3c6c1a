package weft.trainer.cluster;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.trainer.proto.ClustererState;

/// Mini-batch k-means with decayed sums.
///
/// It starts progressively on the window, and again as the window fills, with ids kept; what a milestone does
/// beside that is its [KMeansPace]'s.
public final class KMeansLearner implements ClustererLearner {
    /// What a user may choose.
    ///
    /// @param normalised whether codes are scaled to length 1
    public record Settings(int k, int dimension, Follow follow, boolean normalised, long seed) {}

    /// Images that everything from before a change of the stream counts as together.
    private static final double FORGOTTEN = 500;

    /// Images of a cluster that a fit from scratch takes.
    private static final long FEWEST_OF_A_CLUSTER = 20;

    /// Inertia that following saves, as a share of it, which is not worth following for.
    private static final double LITTLE = 0.005;

    /// Images after which what was learnt weighs 1/e while the stream changes.
    private static final double SHORT_MEMORY = 2_000;

    private final Settings settings;
    private final KMeansPace pace;
    private final DecayedMeans means;
    private final FollowInterval interval = new FollowInterval();
    private boolean started;
    private int stage;
    private boolean anew;

    /// Images since the stream changed, where it did: from there on the stages count anew.
    private long sinceChange;

    private long reseeds;
    private double objectiveSum;
    private long objectiveCount;

    public KMeansLearner(Settings settings) {
        this.settings = settings;
        pace = KMeansPace.of(settings.follow());
        means = new DecayedMeans(settings.k(), settings.dimension(), pace.memory());
    }

    /// From the start, or going on from what [#save] gave.
    public static KMeansLearner of(Settings settings, Optional<ByteString> saved) {
        KMeansLearner learner = new KMeansLearner(settings);
        saved.map(ClustererStates::parse).ifPresent(learner::restore);
        return learner;
    }

    private void restore(ClustererState state) {
        means.restore(state.getKmeans());
        started = state.getStarted();
        stage = state.getStage();
        anew = state.getAnew();
        sinceChange = state.getSinceChange();
        interval.restore(state);
        reseeds = state.getReseeds();
        objectiveSum = state.getObjectiveSum();
        objectiveCount = state.getObjectiveCount();
    }

    @Override
    public void learn(Codes batch, int[] clusters) {
        if (!started) {
            Arrays.fill(clusters, 0, batch.rows(), -1);
            return;
        }
        KMeansContribution taught = means.contribution(codes(batch), clusters);
        objectiveSum += taught.inertia();
        objectiveCount += taught.images();
        sinceChange += sinceChange > 0 ? batch.rows() : 0;
        reseeds += means.apply(taught) ? 1 : 0;
    }

    private Codes codes(Codes given) {
        return settings.normalised() ? given.normalised() : given;
    }

    @Override
    public boolean wantsWindow(long imagesSeen) {
        boolean follows = pace.follows() && interval.due(imagesSeen);
        return follows || !started || anew || means.forgets() || due(imagesSeen);
    }

    @Override
    public boolean followsCodes() {
        return pace.follows();
    }

    @Override
    public void forget(long images, boolean fitAnew) {
        means.shorten(FORGOTTEN, SHORT_MEMORY);
        anew = fitAnew;
        interval.shorten();
        if (!pace.follows()) {
            stage = 0;
            sinceChange = images;
        }
    }

    /// Whether a stage is reached by the images seen, or since the stream changed.
    private boolean due(long imagesSeen) {
        return pace.due(stage, sinceChange > 0 ? sinceChange : imagesSeen);
    }

    @Override
    public void remember() {
        means.lengthen();
    }

    @Override
    public void follow(Codes window, int[] clusters, long imagesSeen) {
        if (window.rows() < settings.k()) {
            return;
        }
        Optional<KMeansPace.Stage> reached = Optional.empty();
        while (due(imagesSeen)) {
            // Of several at once the first one's fit, which builds on none before it.
            reached = reached.or(() -> Optional.of(pace.stages().get(stage)));
            stage++;
        }
        WindowFit fit = new WindowFit(
                means,
                codes(window),
                clusters,
                Sampling.random(settings.seed(), imagesSeen),
                interval.waited(imagesSeen));
        if (!started) {
            fit.start();
        } else if (anew && window.rows() >= Math.max(KMeansPace.FIRST_STAGE, FEWEST_OF_A_CLUSTER * settings.k())) {
            fit.fresh();
            anew = false;
        } else if (reached.isPresent()) {
            reached.get().fit().accept(fit);
        } else if (means.forgets() && pace.follows()) {
            fit.better();
        } else if (means.forgets()) {
            fit.warm();
        } else {
            pace.between().accept(fit);
        }
        started = true;
        reseeds += fit.reseeds();
        interval.followed(imagesSeen, fit.moved(), LITTLE);
    }

    @Override
    public boolean started() {
        return started;
    }

    @Override
    public Clusterer clusterer() {
        return new Centroids(means.matrix(), settings.normalised());
    }

    /// How many of the images weigh in each centroid, older ones less.
    public double[] counts() {
        return means.counts();
    }

    /// The centroids, row by row.
    public float[] centroids() {
        return means.centroids().clone();
    }

    @Override
    public Map<String, Double> measures() {
        Map<String, Double> measures =
                objectiveCount == 0 ? Map.of() : Map.of("inertia", objectiveSum / objectiveCount);
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
        ClustererState.Builder state = ClustererState.newBuilder()
                .setStarted(started)
                .setStage(stage)
                .setAnew(anew)
                .setSinceChange(sinceChange)
                .setReseeds(reseeds)
                .setObjectiveSum(objectiveSum)
                .setObjectiveCount(objectiveCount)
                .setKmeans(means.save());
        interval.save(state);
        return state.build().toByteString();
    }
}
