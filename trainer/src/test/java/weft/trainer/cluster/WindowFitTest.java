package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weft.core.model.Centroids;

/// A start that Lloyd rounds cannot mend: of eight blobs each has two centroids, and eight far from them have none.
class WindowFitTest {
    private static final int K = 64;
    private static final int D = 6;
    private static final int ENOUGH = 39 * K;

    @Test
    void withManyImagesOfAClusterWarmRoundsAreAllThereIs() {
        assertThat(settled(ENOUGH, false)).isGreaterThan(4);
    }

    @Test
    void withFewImagesOfAClusterAFreshStartIsTaken() {
        assertThat(settled(ENOUGH - 1, false)).isLessThan(2);
    }

    @Test
    void afterAChangeOfTheStreamAFreshStartIsTaken() {
        assertThat(settled(ENOUGH, true)).isLessThan(2);
    }

    /// The inertia after the fit, divided by what the blobs' means have.
    private static double settled(int rows, boolean changed) {
        Codes codes = Blobs.of(rows, K, D, .5, 3);
        float[] start = new float[K * D];
        for (int c = 0; c < K; c++) {
            int corner = c < 8 ? K - 1 - c : c;
            for (int j = 0; j < D; j++) {
                start[c * D + j] = (corner >> j & 1) * 10 + (c < 8 ? .2f : 0);
            }
        }
        KMeans stuck = KMeans.refine(codes, start, K, 0);
        DecayedMeans means = new DecayedMeans(K, D, 20_000);
        means.adopt(stuck, IntStream.range(0, K).toArray(), rows);
        if (changed) {
            means.shorten(500, 2_000);
        }
        new WindowFit(means, codes, stuck.clusters().clone(), Sampling.random(1, rows), rows).settle();
        return Assign.objective(new Centroids(means.matrix(), false), codes) / Blobs.inertia(codes, K);
    }
}
