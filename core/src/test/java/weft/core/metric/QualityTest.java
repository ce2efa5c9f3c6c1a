package weft.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QualityTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void isTheHandComputedOneOfASmallTable() {
        // Clusters x classes, 8 images; clusters of 4 and 4, classes of 5 and 3:
        //   3 1
        //   2 2
        Quality quality = Quality.of(ContingencyTable.of(new long[][] {{3, 1}, {2, 2}}));

        // H(class) = -5/8 ln 5/8 - 3/8 ln 3/8, H(cluster) = ln 2,
        // I = 3/8 ln (3*8 / 4*5) + 1/8 ln (1*8 / 4*3) + 2/8 ln (2*8 / 4*5) + 2/8 ln (2*8 / 4*3)
        double classEntropy = -5 / 8.0 * Math.log(5 / 8.0) - 3 / 8.0 * Math.log(3 / 8.0);
        double clusterEntropy = Math.log(2);
        double information =
                3 / 8.0 * Math.log(1.2) + 1 / 8.0 * Math.log(2 / 3.0) + 0.25 * Math.log(0.8) + 0.25 * Math.log(4 / 3.0);
        double homogeneity = information / classEntropy;
        double completeness = information / clusterEntropy;
        assertThat(quality.images()).isEqualTo(8);
        // Both clusters stand for class 0: 3 + 2 of 8.
        assertThat(quality.accuracy()).isEqualTo(5 / 8.0);
        // One to one: 3 + 2 beats 1 + 2.
        assertThat(quality.accuracyHungarian()).isEqualTo(5 / 8.0);
        assertThat(quality.homogeneity()).isCloseTo(homogeneity, EXACT);
        assertThat(quality.completeness()).isCloseTo(completeness, EXACT);
        assertThat(quality.vMeasure()).isCloseTo(2 * homogeneity * completeness / (homogeneity + completeness), EXACT);
        assertThat(quality.nmi()).isCloseTo(2 * information / (classEntropy + clusterEntropy), EXACT);
        // Pairs: cells 3+0+1+1 = 5, clusters 6+6 = 12, classes 10+3 = 13, all 28.
        // Expected 12*13/28 = 39/7, most 12.5: (5 - 39/7) / (12.5 - 39/7) = (-4/7) / (97/14) = -8/97.
        assertThat(quality.ari()).isCloseTo(-8 / 97.0, EXACT);
    }

    @Test
    void oneToOneLosesWhereTwoClustersShareAClass() {
        // Majority: 5 + 4 + 3 of 12 are right, all. One to one: the class of both first clusters counts
        // once, 5 + 3.
        Quality quality = Quality.of(ContingencyTable.of(new long[][] {{5, 0}, {4, 0}, {0, 3}}));

        assertThat(quality.accuracy()).isEqualTo(1);
        assertThat(quality.accuracyHungarian()).isEqualTo(8 / 12.0);
        assertThat(quality.homogeneity()).isCloseTo(1, EXACT);
        // H(class) = -9/12 ln 9/12 - 3/12 ln 3/12 is all the information that there is.
        double classEntropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
        double clusterEntropy = -5 / 12.0 * Math.log(5 / 12.0) - 4 / 12.0 * Math.log(4 / 12.0) - 0.25 * Math.log(0.25);
        assertThat(quality.completeness()).isCloseTo(classEntropy / clusterEntropy, EXACT);
    }

    @Test
    void isPerfectWhateverTheNumbersOfTheClusters() {
        Quality quality = Quality.of(ContingencyTable.of(new long[][] {{0, 0, 7}, {4, 0, 0}, {0, 9, 0}}));

        assertThat(quality.accuracyHungarian()).isEqualTo(1);
        assertThat(quality.vMeasure()).isCloseTo(1, EXACT);
        assertThat(quality.nmi()).isCloseTo(1, EXACT);
        assertThat(quality.ari()).isCloseTo(1, EXACT);
    }

    @Test
    void isNothingWithoutImages() {
        Quality quality = Quality.of(ContingencyTable.empty(10, 10));

        assertThat(quality.images()).isZero();
        assertThat(new double[] {
                    quality.accuracy(),
                    quality.accuracyHungarian(),
                    quality.homogeneity(),
                    quality.completeness(),
                    quality.vMeasure(),
                    quality.nmi(),
                    quality.ari()
                })
                .containsOnly(Double.NaN);
    }

    @Test
    void mappingsSayWhichClusterStandsForNothing() {
        ContingencyTable table = ContingencyTable.of(new long[][] {{5, 0}, {4, 0}, {0, 3}});

        assertThat(Quality.hungarianMapping(table)).containsExactly(0, -1, 1);
        // 5 right in the first, none in the second, 0 in the third: 5 of 12.
        assertThat(Quality.accuracy(table, new int[] {0, -1, 0})).isEqualTo(5 / 12.0);
    }

    @Test
    void countsBeyondTheIntegersStayExact() {
        // 3e9 images on the diagonal, 1e9 beside it, in each of two clusters: accuracy 3/4.
        Quality quality = Quality.of(
                ContingencyTable.of(new long[][] {{3_000_000_000L, 1_000_000_000L}, {1_000_000_000L, 3_000_000_000L}}));

        assertThat(quality.images()).isEqualTo(8_000_000_000L);
        assertThat(quality.accuracyHungarian()).isEqualTo(0.75);
        // For n without end: (sum p_ij² - sum p_i² sum p_j²) / (1/2 - ...) = (5/16 - 1/4) / (1/2 - 1/4) = 1/4.
        assertThat(quality.ari()).isCloseTo(0.25, within(1e-9));
    }
}
