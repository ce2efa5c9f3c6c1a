package weft.trainer.micro;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weft.core.math.Hungarian;
import weft.core.math.Matrix;
import weft.core.model.Clusterer;
import weft.core.model.MicroClusters;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.cluster.Codes;
import weft.trainer.cluster.Follow;
import weft.trainer.cluster.KMeansLearner;
import weft.trainer.proto.MicroState;

/// Many micro-clusters by mini-batch k-means, grouped into K clusters at each milestone; ids stay as they are.
///
/// The k-means starts anew at each stage of the features, with a quarter as many micro-clusters as there are images, up
/// to the number wanted.
final class MicroLearner implements ClustererLearner {
    /// @param microClusters the most
    record Settings(int k, int microClusters, int dimension, long seed) {}

    private static final int IMAGES_OF_ONE = 4;

    /// Images of a changed stream from which it starts anew.
    private static final int FEWEST_ANEW = 2_000;

    private final Settings settings;
    private int stage;
    private @Nullable KMeansLearner micro;

    /// Of each micro-cluster.
    private int[] groups = {};

    private long groupedAt;

    /// Whether the stream has changed, and it starts anew once the window has enough images of since then.
    private boolean anew;

    private long reseedsBefore;

    MicroLearner(Settings settings, Optional<ByteString> saved) {
        this.settings = settings;
        saved.ifPresent(this::restore);
    }

    @Override
    public void learn(Codes batch, int[] clusters) {
        if (micro == null) {
            Arrays.fill(clusters, 0, batch.rows(), -1);
            return;
        }
        micro.learn(batch, clusters);
        for (int i = 0; i < batch.rows(); i++) {
            clusters[i] = groups[clusters[i]];
        }
    }

    @Override
    public boolean wantsWindow(long imagesSeen) {
        return micro == null || anew || due(imagesSeen);
    }

    @Override
    public void forget(long images, boolean fitAnew) {
        anew = fitAnew;
        if (micro != null) {
            micro.forget(images, false);
        }
    }

    @Override
    public void remember() {
        if (micro != null) {
            micro.remember();
        }
    }

    private boolean due(long imagesSeen) {
        return stage < MicroRecipe.STAGES.size() && imagesSeen >= MicroRecipe.STAGES.get(stage);
    }

    @Override
    public void follow(Codes window, int[] clusters, long imagesSeen) {
        if (!due(imagesSeen) && micro != null && window.rows() < FEWEST_ANEW) {
            return;
        }
        while (due(imagesSeen)) {
            stage++;
        }
        anew = false;
        reseedsBefore = reseeds();
        micro = null;
        if (window.rows() < settings.k()) {
            return;
        }
        int count = Math.clamp(window.rows() / IMAGES_OF_ONE, settings.k(), settings.microClusters());
        KMeansLearner fresh = kMeans(count, Optional.empty());
        int[] of = new int[window.rows()];
        Arrays.fill(of, -1);
        fresh.follow(window, of, imagesSeen);
        micro = fresh;
        int[] found = group(fresh, imagesSeen);
        double[][] common = new double[settings.k()][settings.k()];
        for (int i = 0; i < of.length; i++) {
            if (clusters[i] >= 0) {
                common[found[of[i]]][clusters[i]]++;
            }
        }
        renumber(found, common);
        for (int i = 0; i < of.length; i++) {
            clusters[i] = groups[of[i]];
        }
    }

    @Override
    public void milestone(long imagesSeen) {
        if (micro == null || groupedAt == imagesSeen) {
            return;
        }
        int[] found = group(micro, imagesSeen);
        double[] counts = micro.counts();
        double[][] common = new double[settings.k()][settings.k()];
        for (int i = 0; i < found.length; i++) {
            common[found[i]][groups[i]] += counts[i];
        }
        renumber(found, common);
    }

    private int[] group(KMeansLearner learner, long imagesSeen) {
        groupedAt = imagesSeen;
        double[] counts = learner.counts();
        return Grouping.of(
                learner.centroids(),
                counts,
                counts.length,
                settings.dimension(),
                settings.k(),
                new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + imagesSeen));
    }

    /// Takes groups under the numbers of the old ones that they have most in common with, one to one (Kuhn 1955).
    private void renumber(int[] found, double[][] common) {
        int[] ids = Hungarian.maximise(common);
        groups = Arrays.stream(found).map(group -> ids[group]).toArray();
    }

    private KMeansLearner kMeans(int count, Optional<ByteString> saved) {
        return KMeansLearner.of(
                new KMeansLearner.Settings(count, settings.dimension(), Follow.STILL, false, settings.seed()), saved);
    }

    @Override
    public boolean started() {
        return micro != null;
    }

    @Override
    public Clusterer clusterer() {
        float[] centroids = Objects.requireNonNull(micro).centroids();
        return new MicroClusters(
                Matrix.of(groups.length, settings.dimension(), centroids),
                Arrays.stream(groups).boxed().collect(Collectors.toList()),
                settings.k());
    }

    @Override
    public Map<String, Double> measures() {
        return micro == null ? Map.of() : micro.measures();
    }

    @Override
    public long reseeds() {
        return reseedsBefore + (micro == null ? 0 : micro.reseeds());
    }

    @Override
    public ByteString save() {
        MicroState.Builder state = MicroState.newBuilder()
                .setStage(stage)
                .setGroupedAt(groupedAt)
                .setAnew(anew)
                .setReseeds(reseedsBefore);
        if (micro != null) {
            state.setMicroClusters(groups.length).setMeans(micro.save());
            for (int group : groups) {
                state.addClusters(group);
            }
        }
        return state.build().toByteString();
    }

    private void restore(ByteString saved) {
        MicroState state;
        try {
            state = MicroState.parseFrom(saved);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("the saved state of a clusterer cannot be read", fault);
        }
        stage = state.getStage();
        groupedAt = state.getGroupedAt();
        anew = state.getAnew();
        reseedsBefore = state.getReseeds();
        if (state.getMicroClusters() > 0) {
            groups =
                    state.getClustersList().stream().mapToInt(Integer::intValue).toArray();
            micro = kMeans(state.getMicroClusters(), Optional.of(state.getMeans()));
        }
    }
}
