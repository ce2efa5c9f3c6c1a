package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KMeansTest {
    private static final double[][] CENTRES = {{0, 0, 0}, {10, 0, 0}, {0, 10, 0}, {0, 0, 10}, {10, 10, 10}};

    @Test
    void findsTheKnownOptimumOfCloudsFarApart() {
        Codes codes = new Clouds(CENTRES, 0.5, 1).rows(2_000);
        KMeans fit = KMeans.fit(codes, 5, 20, new SplittableRandom(1));
        // The optimum's inertia is (n - k) d times the variance, in expectation: 1995 * 3 * .25.
        assertThat(fit.inertia()).isCloseTo(1_496, within(60.0));
        Set<Integer> found = new HashSet<>();
        for (int cloud = 0; cloud < 5; cloud++) {
            int cluster = fit.clusters()[cloud];
            found.add(cluster);
            for (int i = cloud; i < codes.rows(); i += 5) {
                assertThat(fit.clusters()[i]).isEqualTo(cluster);
            }
            for (int j = 0; j < 3; j++) {
                assertThat(fit.centroids()[cluster * 3 + j]).isCloseTo((float) CENTRES[cloud][j], within(0.1f));
            }
        }
        assertThat(found).hasSize(5);
    }

    @Test
    void lloydNeverRaisesInertia() {
        Codes codes = new Clouds(new double[][] {{0, 0}, {1, 1}}, 1, 2).rows(500);
        double before = Double.POSITIVE_INFINITY;
        for (int rounds = 0; rounds < 12; rounds++) {
            double inertia =
                    KMeans.fit(codes, 7, rounds, new SplittableRandom(3)).inertia();
            assertThat(inertia).isLessThanOrEqualTo(before + 1e-3);
            before = inertia;
        }
    }

    @Test
    void anEmptyClusterTakesTheRowThatFitsWorst() {
        Codes codes = new Codes(3, 1);
        codes.add(new float[] {0}, 0);
        codes.add(new float[] {1}, 0);
        codes.add(new float[] {5}, 0);
        // The second start is out of everybody's reach.
        KMeans fit = KMeans.refine(codes, new float[] {0, 1_000}, 2, 5);
        assertThat(fit.refills()).isEqualTo(1);
        assertThat(fit.clusters()).containsExactly(0, 0, 1);
        assertThat(fit.centroids()).containsExactly(0.5f, 5f);
        assertThat(fit.inertia()).isEqualTo(0.5);
    }

    @Test
    void rowsThatAreAllEqualAreOnePoint() {
        Codes codes = new Clouds(new double[][] {{3, 4}}, 0, 1).rows(50);
        KMeans fit = KMeans.fit(codes, 4, 10, new SplittableRandom(1));
        assertThat(fit.inertia()).isZero();
        for (int i = 0; i < 8; i += 2) {
            assertThat(fit.centroids()[i]).isEqualTo(3f);
            assertThat(fit.centroids()[i + 1]).isEqualTo(4f);
        }
    }

    @Test
    void fewerRowsThanClustersAreRefused() {
        Codes codes = new Clouds(CENTRES, 1, 1).rows(3);
        assertThatThrownBy(() -> KMeans.fit(codes, 4, 10, new SplittableRandom(1)))
                .hasMessage("3 images cannot make 4 clusters");
    }

    @Test
    void idsFollowTheImagesThatClustersShare() {
        int[] before = {0, 0, 1, 1, 2, 2, -1};
        int[] after = {2, 2, 0, 0, 1, 1, 1};
        assertThat(ClusterIds.match(before, after, 3)).containsExactly(1, 2, 0);
        assertThat(ClusterIds.reorder(new float[] {10, 11, 20, 21, 30, 31}, 2, new int[] {1, 2, 0}))
                .containsExactly(30, 31, 10, 11, 20, 21);
    }
}
