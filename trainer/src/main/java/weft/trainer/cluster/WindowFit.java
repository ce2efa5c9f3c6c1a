package weft.trainer.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import weft.core.math.Kernels;
import weft.core.math.NearestCentroids;

/// The ways of k-means to fit its centroids to the window, each of which ends with new centroids, sums and
/// clusters.
final class WindowFit {
    /// From this K on rare clusters matter: warm rounds may be stuck, and small clusters are put elsewhere.
    private static final int MANY = 64;

    /// Images of a cluster: of nine fits of K = 64 to 256 at 10,000 images, which are 39 or more of each, a fresh start
    /// was better than warm rounds once, by .4 % of the inertia.
    private static final int ENOUGH = 39;

    private static final int ROUNDS = 20;
    private static final int LATE_ROUNDS = 10;

    /// Images that a round of [#transport] is for.
    private static final long ROUND_FOR = 2_000;

    private static final long MOST_ROUNDS = 5;

    private final DecayedMeans means;
    private final Codes codes;
    private final int[] clusters;
    private final SplittableRandom random;
    private final int transportRounds;
    private int reseeds;
    private double moved = Double.POSITIVE_INFINITY;

    /// @param clusters of the window's images; overwritten
    /// @param images that were learnt since the last fit
    WindowFit(DecayedMeans means, Codes codes, int[] clusters, SplittableRandom random, long images) {
        this.means = means;
        this.codes = codes;
        this.clusters = clusters;
        this.random = random;
        transportRounds = (int) Math.clamp(images / ROUND_FOR, 1, MOST_ROUNDS);
    }

    /// Clusters that were put elsewhere.
    int reseeds() {
        return reseeds;
    }

    /// The share of the inertia that moving the centroids to their members' new means has saved, less what chance
    /// makes of any two samples; infinite where everything was fitted.
    double moved() {
        return moved;
    }

    /// The very first fit, whose clusters nobody knows yet.
    void start() {
        adopt(KMeans.fit(codes, means.k(), ROUNDS, random), false);
    }

    /// From scratch, with ids kept.
    void anew() {
        adopt(KMeans.fit(codes, means.k(), ROUNDS, random), true);
    }

    /// As [#anew], in fewer rounds.
    void fresh() {
        adopt(KMeans.fit(codes, means.k(), LATE_ROUNDS, random), true);
    }

    /// Warm rounds keep ids and cost little inertia while K is small; from [#MANY] on they may be stuck, and a
    /// fresh start is taken where it fits the window better.
    void warm() {
        if (means.k() >= MANY) {
            better();
        } else {
            adoptWarm(onward());
        }
    }

    /// As [#warm], but of a stream that has not changed since the last fit: with [#ENOUGH] images a cluster small
    /// ones are put elsewhere, which fits as well as a fresh start and costs a third of it.
    void settle() {
        int k = means.k();
        if (k < MANY || means.forgets() || codes.rows() < (long) ENOUGH * k) {
            warm();
            return;
        }
        float[] start = means.centroids().clone();
        replaceSmall(start, members());
        adoptWarm(KMeans.refine(codes, start, k, LATE_ROUNDS));
    }

    private KMeans onward() {
        return KMeans.refine(codes, means.centroids(), means.k(), LATE_ROUNDS);
    }

    /// Warm rounds or a fresh start, whichever fits the window better: where the images have changed, warm rounds may
    /// be stuck however small K is.
    void better() {
        KMeans warm = onward();
        KMeans fresh = KMeans.fit(codes, means.k(), ROUNDS, random);
        if (fresh.inertia() < warm.inertia()) {
            adopt(fresh, true);
        } else {
            adoptWarm(warm);
        }
    }

    private void adoptWarm(KMeans warm) {
        reseeds += warm.refills();
        adopt(warm, false);
    }

    /// Every centroid becomes the mean of its members' new codes, and a round follows, or several after a long time.
    void transport() {
        int k = means.k();
        int d = means.dimension();
        float[] carried = new float[k * d];
        int[] members = members();
        for (int i = 0; i < codes.rows(); i++) {
            if (clusters[i] >= 0) {
                Kernels.axpy(1, codes.values(), codes.offset(i), carried, clusters[i] * d, d);
            }
        }
        for (int c = 0; c < k; c++) {
            for (int j = c * d; j < (c + 1) * d; j++) {
                carried[j] = members[c] == 0 ? means.centroids()[j] : carried[j] / members[c];
            }
        }
        double saved = 0;
        for (int c = 0; c < k; c++) {
            saved += members[c] * Kernels.squaredDistance(means.centroids(), c * d, carried, c * d, d);
        }
        if (k >= MANY) {
            replaceSmall(carried, members);
        }
        KMeans refined = KMeans.refine(codes, carried, k, transportRounds);
        moved = saved / refined.inertia() - (double) k / codes.rows();
        reseeds += refined.refills();
        adopt(refined, false);
    }

    private int[] members() {
        int[] members = new int[means.k()];
        for (int i = 0; i < codes.rows(); i++) {
            if (clusters[i] >= 0) {
                members[clusters[i]]++;
            }
        }
        return members;
    }

    /// Puts clusters with less than a tenth of the mean's members, smallest first and at most K / 16, on
    /// codes drawn in proportion to their squared distance.
    private void replaceSmall(float[] carried, int[] members) {
        int k = means.k();
        int d = means.dimension();
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
        NearestCentroids among = new NearestCentroids(k, d);
        among.use(carried);
        among.find(codes.values(), codes.rows(), new int[codes.rows()], nearest);
        for (int c : small) {
            int row = Sampling.proportional(nearest, nearest.length, random);
            System.arraycopy(codes.values(), codes.offset(row), carried, c * d, d);
            nearest[row] = 0;
            reseeds++;
        }
    }

    private void adopt(KMeans fit, boolean keepIds) {
        int[] ids = keepIds
                ? ClusterIds.match(Arrays.copyOf(clusters, codes.rows()), fit.clusters(), means.k())
                : IntStream.range(0, means.k()).toArray();
        means.adopt(fit, ids, codes.rows());
        for (int i = 0; i < codes.rows(); i++) {
            clusters[i] = ids[fit.clusters()[i]];
        }
    }
}
