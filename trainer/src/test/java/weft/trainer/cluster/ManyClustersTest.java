package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From K = 64 on small clusters are put elsewhere at each milestone, a sixteenth of all at most.
class ManyClustersTest {
    @ParameterizedTest
    @CsvSource({"64, 0, 0", "64, 3, 3", "64, 10, 4", "80, 10, 5"})
    void replacesTheSmallest(int k, int small, int replaced) {
        Codes window = Blobs.of(100 * k, 64, 6, 2, 3);
        KMeansLearner learner = new KMeansLearner(new KMeansLearner.Settings(k, 6, Follow.TRANSPORT, false, 1));
        learner.follow(window, IntStream.generate(() -> -1).limit(100L * k).toArray(), 2_000);
        int[] labels = IntStream.range(0, 100 * k)
                .map(i -> i % k < small ? k - 1 : i % k)
                .toArray();

        learner.follow(window, labels, 4_000);

        assertThat(learner.reseeds()).isEqualTo(replaced);
        assertThat(ClustererStates.parse(learner.save()).getKmeans().getCountsList())
                .as("members")
                .doesNotContain(0.0);
    }

    /// Two clusters of three members are small, and stay where they are; none is empty.
    @Test
    void belowSixtyFourSmallClustersStay() {
        Codes window = Blobs.of(6_300, 63, 6, 2, 3);
        KMeansLearner learner = new KMeansLearner(new KMeansLearner.Settings(63, 6, Follow.TRANSPORT, false, 1));
        int[] labels = IntStream.generate(() -> -1).limit(6_300).toArray();
        learner.follow(window, labels, 2_000);
        int[] met = new int[63];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 2 && ++met[labels[i]] > 3) {
                labels[i] = -1;
            }
        }

        learner.follow(window, labels, 4_000);

        assertThat(learner.reseeds()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"4000, 4000", "10000, 10000", "20000, 10000"})
    void aLongWindowCountsAsTenThousand(int rows, double counted) {
        Codes window = Blobs.of(rows, 8, 3, 1, 3);
        KMeansLearner learner = new KMeansLearner(new KMeansLearner.Settings(8, 3, Follow.TRANSPORT, false, 1));
        learner.follow(window, new int[rows], 2_000);

        double sum = ClustererStates.parse(learner.save()).getKmeans().getCountsList().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        assertThat(sum).isCloseTo(counted, within(1e-6));
    }
}
