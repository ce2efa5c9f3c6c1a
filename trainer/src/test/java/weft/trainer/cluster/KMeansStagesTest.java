package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.model.Centroids;

class KMeansStagesTest {
    /// The inertia that batch k-means reaches, by k.
    private static final Map<Integer, Double> LLOYD = new ConcurrentHashMap<>();

    @ParameterizedTest
    @CsvSource({"STILL, 10", "STILL, 80", "TRANSPORT, 10", "TRANSPORT, 80"})
    void keepsIdsWhenItIsFittedAnew(Follow follow, int k) {
        Codes codes = Blobs.of(12_000, 16, 6, 2.5, 4);
        Lesson lesson =
                new Lesson(new KMeansLearner(new KMeansLearner.Settings(k, 6, follow, false, 1)), codes).until(9_900);
        int[] before = Assign.all(lesson.learner().clusterer(), codes);

        lesson.until(10_000);

        int[] after = Assign.all(lesson.learner().clusterer(), codes);
        int[] best = ClusterIds.match(before, after, k);
        int[] renumbered = Arrays.stream(after).map(c -> best[c]).toArray();
        assertThat(Assign.agreement(before, after))
                .as("against the best numbering there is")
                .isGreaterThan(Assign.agreement(before, renumbered) - .01)
                .isGreaterThan(.4);
        double own = Assign.objective(lesson.learner().clusterer(), Blobs.range(codes, 0, 10_000));
        double lloyd = LLOYD.computeIfAbsent(
                k,
                clusters -> KMeans.fit(Blobs.range(codes, 0, 10_000), clusters, 100, Sampling.random(9, 9))
                        .inertia());
        assertThat(own / lloyd).isBetween(.95, 1.03);
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 5_000, 10_000})
    void onFixedCodesOnlyTheStagesNeedTheWindow(int stage) {
        KMeansLearner learner = new KMeansLearner(new KMeansLearner.Settings(2, 1, Follow.STILL, false, 1));
        learner.follow(copies(5, 0, 5, 1), none(10), stage - 1);

        assertThat(learner.wantsWindow(stage - 1)).isFalse();
        assertThat(learner.wantsWindow(stage)).isTrue();
        learner.follow(copies(5, 0, 5, 1), none(10), stage);
        assertThat(learner.wantsWindow(stage)).isFalse();
        assertThat(learner.wantsWindow(20_000)).isEqualTo(stage < 10_000);
    }

    /// Lloyd rounds from the old centroids keep two of them in the middle and one over both ends.
    @Test
    void afterAChangeItStartsAfreshAlsoWhereSeveralStagesAreReachedAtOnce() {
        KMeansLearner learner = new KMeansLearner(new KMeansLearner.Settings(3, 1, Follow.STILL, false, 1));
        Codes before = Blobs.equal(100, 0);
        Codes after = new Codes(300, 1);
        for (int i = 0; i < 100; i++) {
            before.values()[i] = i % 3 == 2 ? 100 : i % 3;
            after.add(new float[] {i / 99f}, 0);
            after.add(new float[] {90}, 0);
            after.add(new float[] {110}, 0);
        }
        learner.follow(before, none(100), 500);
        learner.forget(12_000, false);

        learner.follow(after, none(300), 13_000);

        assertThat(IntStream.range(0, 3)
                        .mapToDouble(c -> learner.centroids()[c])
                        .sorted()
                        .toArray())
                .containsExactly(new double[] {.5, 90, 110}, within(1e-4));
    }

    @Test
    void normalisedItSeesDirectionsAlone() {
        Codes codes = Blobs.of(3_000, 8, 4, 3, 2);
        Codes scaled = Blobs.range(codes, 0, 3_000);
        for (int i = 0; i < scaled.values().length; i++) {
            scaled.values()[i] *= 1 << i / 4 % 5;
        }
        var settings = new KMeansLearner.Settings(6, 4, Follow.TRANSPORT, true, 1);
        Lesson plain = new Lesson(new KMeansLearner(settings), codes).until(3_000);
        Lesson stretched = new Lesson(new KMeansLearner(settings), scaled).until(3_000);

        assertThat(stretched.labels()).isEqualTo(plain.labels());
        assertThat(stretched.learner().clusterer()).isEqualTo(plain.learner().clusterer());
        assertThat(((Centroids) plain.learner().clusterer()).normalised()).isTrue();
        assertThat(Assign.objective(plain.learner().clusterer(), codes) / 3_000).isBetween(.05, .5);
    }

    private static int[] none(int rows) {
        int[] labels = new int[rows];
        Arrays.fill(labels, -1);
        return labels;
    }

    private static Codes copies(int lows, float low, int highs, float high) {
        Codes codes = new Codes(lows + highs, 1);
        for (int i = 0; i < lows + highs; i++) {
            codes.add(new float[] {i < lows ? low : high}, 0);
        }
        return codes;
    }
}
