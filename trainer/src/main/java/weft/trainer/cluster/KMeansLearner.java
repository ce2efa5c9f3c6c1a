package weft.trainer.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import weft.core.math.Kernels;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.trainer.proto.ClustererState;
import weft.trainer.proto.KMeansState;

/// Mini-batch k-means with decayed sums: `S ← f S + Σx, n ← f n + count, centroid = S / n, f = e^(−B /
/// memory)`.
///
/// It starts progressively on the window, and again as the window fills, with ids kept. On a moving encoder
/// each milestone transports the centroids: every one becomes the mean of its members' new codes.
public final class KMeansLearner implements ClustererLearner {
    /// What a user may choose.
    ///
    /// @param normalised whether codes are scaled to length 1
    public record Settings(int k, int dimension, Follow follow, boolean normalised, long seed) {}

    /// The stages at which the window is fitted anew; the first is wherever the first milestone is.
    private static final long[] FIXED_STAGES = {2_000, 5_000, 10_000};

    private static final long[] MOVING_STAGES = {2_000, 10_000};

    /// From this K on rare clusters matter: warm rounds may be stuck, and small clusters are put elsewhere.
    private static final int MANY = 64;

    private static final int LLOYD_ROUNDS = 20;
    private static final int LATE_ROUNDS = 10;
    private static final double DEAD_SHARE = 0.01;

    private final Settings settings;
    private final double memory;
    private final float[] sums;
    private final double[] counts;
    private final float[] distances;
    private float[] centroids;
    private boolean started;
    private int stage;
    private long reseeds;
    private double objectiveSum;
    private long objectiveCount;

    public KMeansLearner(Settings settings) {
        this.settings = settings;
        memory = switch (settings.follow()) {
            case STILL -> 20_000;
            case TRANSPORT, REFIT -> 10_000;
            case DECAY -> 2_000;
        };
        centroids = new float[settings.k() * settings.dimension()];
        sums = new float[centroids.length];
        counts = new double[settings.k()];
        distances = new float[settings.k()];
    }

    /// Goes on from a saved state.
    public KMeansLearner(Settings settings, ClustererState state) {
        this(settings);
        KMeansState kmeans = state.getKmeans();
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] = kmeans.getCentroids(i);
            sums[i] = kmeans.getSums(i);
        }
        for (int c = 0; c < counts.length; c++) {
            counts[c] = kmeans.getCounts(c);
        }
        started = state.getStarted();
        stage = state.getStage();
        reseeds = state.getReseeds();
        objectiveSum = state.getObjectiveSum();
        objectiveCount = state.getObjectiveCount();
    }

    @Override
    public void learn(Codes batch, int[] labels) {
        if (!started) {
            Arrays.fill(labels, 0, batch.rows(), -1);
            return;
        }
        Codes codes = settings.normalised() ? batch.normalised() : batch;
        int d = settings.dimension();
        float keep = (float) Math.exp(-codes.rows() / memory);
        for (int i = 0; i < sums.length; i++) {
            sums[i] *= keep;
        }
        for (int c = 0; c < counts.length; c++) {
            counts[c] *= keep;
        }
        int farthest = 0;
        float worst = -1;
        for (int i = 0; i < codes.rows(); i++) {
            Kernels.squaredDistances(centroids, counts.length, d, codes.values(), codes.offset(i), distances);
            int best = Kernels.argmin(distances, counts.length);
            labels[i] = best;
            objectiveSum += distances[best];
            if (distances[best] > worst) {
                worst = distances[best];
                farthest = i;
            }
            counts[best]++;
            Kernels.axpy(1, codes.values(), codes.offset(i), sums, best * d, d);
        }
        objectiveCount += codes.rows();
        reseedDead(codes, farthest, worst);
        updateCentroids();
    }

    /// Puts the smallest cluster, where its count fell under a small share of the largest, on the
    /// worst-fitting code.
    private void reseedDead(Codes codes, int farthest, float distance) {
        int smallest = 0;
        double largest = 0;
        double total = 0;
        for (int c = 0; c < counts.length; c++) {
            smallest = counts[c] < counts[smallest] ? c : smallest;
            largest = Math.max(largest, counts[c]);
            total += counts[c];
        }
        if (counts[smallest] >= DEAD_SHARE * largest || !(distance > 0)) {
            return;
        }
        // Enough weight to live on until it has members of its own.
        double weight = Math.max(2 * DEAD_SHARE * largest, 0.1 * total / counts.length);
        int d = settings.dimension();
        for (int j = 0; j < d; j++) {
            sums[smallest * d + j] = (float) (weight * codes.values()[codes.offset(farthest) + j]);
        }
        counts[smallest] = weight;
        reseeds++;
    }

    private void updateCentroids() {
        int d = settings.dimension();
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] > 0) {
                float scale = (float) (1 / counts[c]);
                for (int j = c * d; j < (c + 1) * d; j++) {
                    centroids[j] = sums[j] * scale;
                }
            }
        }
    }

    @Override
    public boolean wantsWindow(long imagesSeen) {
        return switch (settings.follow()) {
            case STILL, DECAY -> !started || stageDue(imagesSeen);
            case TRANSPORT, REFIT -> true;
        };
    }

    private long[] stages() {
        return settings.follow().moving() ? MOVING_STAGES : FIXED_STAGES;
    }

    private boolean stageDue(long imagesSeen) {
        return stage < stages().length && imagesSeen >= stages()[stage];
    }

    @Override
    public void follow(Codes window, int[] labels, long imagesSeen) {
        Codes codes = settings.normalised() ? window.normalised() : window;
        if (codes.rows() < settings.k()) {
            return;
        }
        SplittableRandom random = Sampling.random(settings.seed(), imagesSeen);
        boolean late = false;
        boolean due = stageDue(imagesSeen);
        while (stageDue(imagesSeen)) {
            late = stages()[stage] > FIXED_STAGES[0];
            stage++;
        }
        if (!started) {
            adopt(KMeans.fit(codes, settings.k(), LLOYD_ROUNDS, random), codes, labels, false);
        } else if (due && late && !settings.follow().moving()) {
            fitLate(codes, labels, random);
        } else if (due || settings.follow() == Follow.REFIT) {
            adopt(KMeans.fit(codes, settings.k(), late ? LATE_ROUNDS : LLOYD_ROUNDS, random), codes, labels, true);
        } else if (settings.follow() == Follow.TRANSPORT) {
            transport(codes, labels, random);
        }
    }

    /// Warm rounds keep ids and cost little inertia while K is small; from [#MANY] on they may be stuck, and a
    /// fresh start is taken where it fits the window better.
    private void fitLate(Codes codes, int[] labels, SplittableRandom random) {
        KMeans warm = KMeans.refine(codes, centroids, settings.k(), LATE_ROUNDS);
        if (settings.k() >= MANY) {
            KMeans fresh = KMeans.fit(codes, settings.k(), LLOYD_ROUNDS, random);
            if (fresh.inertia() < warm.inertia()) {
                adopt(fresh, codes, labels, true);
                return;
            }
        }
        reseeds += warm.refills();
        adopt(warm, codes, labels, false);
    }

    private void transport(Codes codes, int[] labels, SplittableRandom random) {
        int k = settings.k();
        int d = settings.dimension();
        float[] moved = new float[centroids.length];
        int[] members = new int[k];
        for (int i = 0; i < codes.rows(); i++) {
            if (labels[i] >= 0) {
                members[labels[i]]++;
                Kernels.axpy(1, codes.values(), codes.offset(i), moved, labels[i] * d, d);
            }
        }
        for (int c = 0; c < k; c++) {
            for (int j = c * d; j < (c + 1) * d; j++) {
                moved[j] = members[c] == 0 ? centroids[j] : moved[j] / members[c];
            }
        }
        if (k >= MANY) {
            replaceSmall(codes, moved, members, random);
        }
        KMeans refined = KMeans.refine(codes, moved, k, 1);
        reseeds += refined.refills();
        adopt(refined, codes, labels, false);
    }

    /// Puts clusters with less than a tenth of the mean's members, smallest first and at most K / 16, on
    /// codes drawn in proportion to their squared distance.
    private void replaceSmall(Codes codes, float[] moved, int[] members, SplittableRandom random) {
        int k = settings.k();
        int d = settings.dimension();
        int[] small = IntStream.range(0, k)
                .filter(c -> members[c] < 0.1 * codes.rows() / k)
                .boxed()
                .sorted((a, b) -> Integer.compare(members[a], members[b]))
                .limit(k / 16)
                .mapToInt(Integer::intValue)
                .toArray();
        if (small.length == 0) {
            return;
        }
        float[] nearest = new float[codes.rows()];
        for (int i = 0; i < nearest.length; i++) {
            Kernels.squaredDistances(moved, k, d, codes.values(), codes.offset(i), distances);
            nearest[i] = distances[Kernels.argmin(distances, k)];
        }
        for (int c : small) {
            int row = Sampling.proportional(nearest, nearest.length, random);
            System.arraycopy(codes.values(), codes.offset(row), moved, c * d, d);
            nearest[row] = 0;
            reseeds++;
        }
    }

    private void adopt(KMeans fit, Codes codes, int[] labels, boolean keepIds) {
        int k = settings.k();
        int d = settings.dimension();
        int[] ids = keepIds
                ? ClusterIds.match(Arrays.copyOf(labels, codes.rows()), fit.labels(), k)
                : IntStream.range(0, k).toArray();
        centroids = ClusterIds.reorder(fit.centroids(), d, ids);
        // Older images of a window that is longer than the memory count less, all alike.
        double share = Math.min(1, 10_000.0 / codes.rows());
        for (int c = 0; c < k; c++) {
            counts[ids[c]] = fit.counts()[c] * share;
        }
        for (int c = 0; c < k; c++) {
            for (int j = c * d; j < (c + 1) * d; j++) {
                sums[j] = (float) (centroids[j] * counts[c]);
            }
        }
        for (int i = 0; i < codes.rows(); i++) {
            labels[i] = ids[fit.labels()[i]];
        }
        started = true;
    }

    @Override
    public boolean started() {
        return started;
    }

    @Override
    public Clusterer clusterer() {
        return new Centroids(Matrix.of(settings.k(), settings.dimension(), centroids), settings.normalised());
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
    public ClustererState save() {
        KMeansState.Builder kmeans = KMeansState.newBuilder();
        for (int i = 0; i < centroids.length; i++) {
            kmeans.addCentroids(centroids[i]).addSums(sums[i]);
        }
        for (double count : counts) {
            kmeans.addCounts(count);
        }
        return ClustererState.newBuilder()
                .setStarted(started)
                .setStage(stage)
                .setReseeds(reseeds)
                .setObjectiveSum(objectiveSum)
                .setObjectiveCount(objectiveCount)
                .setKmeans(kmeans)
                .build();
    }
}
