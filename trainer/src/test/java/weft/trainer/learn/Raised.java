package weft.trainer.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.PipelineName;
import weft.trainer.drift.Alarm;
import weft.trainer.drift.OnDrift;

/// Events as a learner raises them, for tests.
public final class Raised {
    static final PipelineName PIPELINE = PipelineName.parse("raw-kmeans-3");

    private Raised() {}

    /// One of every kind that a training raises.
    public static List<Happening> ofEveryKind() {
        List<Happening> all = new ArrayList<>();
        all.add(Happening.drift(
                new Alarm(true, "distances", 0.31, 30_016, 0, 35_012, List.of("0-36100", "0-36107")), OnDrift.FORGET));
        all.add(Happening.driftOver());
        all.add(Happening.divergence(new DivergedException("loss train.bce is NaN")));
        all.addAll(lineage()
                .compare(
                        concat(cluster(0, 60), cluster(1, 30), cluster(2, 12)),
                        concat(clusters(40, 0, 20), cluster(1, 30), cluster(1, 12)),
                        centroids(1)));
        all.addAll(lineage()
                .compare(
                        clusters(60, 60, 20),
                        concat(clusters(45, 0, 15), clusters(0, 45, 15), clusters(9, 9, 2)),
                        centroids(1)));
        return all;
    }

    /// Of three clusters, whose centres are known.
    static Lineage lineage() {
        Lineage lineage = new Lineage(PIPELINE, 10_000);
        lineage.begin(centroids(0));
        return lineage;
    }

    static Centroids centroids(float first) {
        return new Centroids(Matrix.of(3, 2, new float[] {first, 0, first, 1, first, 2}), false);
    }

    /// So many images of a cluster.
    static int[] cluster(int cluster, int images) {
        int[] clusters = new int[images];
        Arrays.fill(clusters, cluster);
        return clusters;
    }

    /// So many images of cluster 0, then of 1, then of 2.
    static int[] clusters(int of0, int of1, int of2) {
        return concat(cluster(0, of0), cluster(1, of1), cluster(2, of2));
    }

    static int[] concat(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    static Optional<PipelineName> pipeline() {
        return Optional.of(PIPELINE);
    }
}
