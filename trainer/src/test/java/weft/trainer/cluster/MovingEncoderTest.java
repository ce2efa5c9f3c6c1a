package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.model.Clusterer;

/// The encoder turns and shifts all codes between milestones; the transport must carry the clusters along.
class MovingEncoderTest {
    private static final int D = 6;
    private static final int STEP = 1_000;
    private static final Codes IMAGES = Blobs.of(8 * STEP, 16, D, 2, 11);

    @ParameterizedTest
    @ValueSource(ints = {10, 80})
    void carriesItsClustersAlong(int k) {
        KMeansLearner learner = new KMeansLearner(new KMeansLearner.Settings(k, D, Follow.TRANSPORT, false, 5));
        int[] stored = new int[IMAGES.rows()];
        Arrays.fill(stored, -1);
        follow(learner, stored, 2 * STEP, 0);
        for (int milestone = 3; milestone <= 8; milestone++) {
            int end = milestone * STEP;
            for (int at = end - STEP; at < end; at += 50) {
                int[] labels = new int[50];
                learner.learn(encode(at, at + 50, milestone - 3), labels);
                System.arraycopy(labels, 0, stored, at, 50);
            }
            Codes before = encode(0, 2_000, milestone - 3);
            Codes after = encode(0, 2_000, milestone - 2);
            Clusterer old = learner.clusterer();

            follow(learner, stored, end, milestone - 2);

            int[] ids = Assign.all(old, before);
            assertThat(Assign.agreement(ids, Assign.all(learner.clusterer(), after)))
                    .as("stable at %d", end)
                    .isGreaterThan(.95);
            assertThat(Assign.agreement(ids, Assign.all(old, after)))
                    .as("stable without transport")
                    .isLessThan(.5);
            Codes window = encode(0, end, milestone - 2);
            double lloyd = KMeans.fit(window, k, 100, Sampling.random(1, end)).inertia();
            assertThat(Assign.objective(learner.clusterer(), window) / lloyd)
                    .as("inertia at %d", end)
                    .isLessThan(1.02);
        }
        assertThat(learner.reseeds()).isZero();
    }

    private static void follow(KMeansLearner learner, int[] stored, int end, int version) {
        int[] labels = Arrays.copyOf(stored, end);
        learner.follow(encode(0, end, version), labels, end);
        System.arraycopy(labels, 0, stored, 0, end);
    }

    /// Each version turns the last one's codes by .6 radians in three planes and shifts them by 8.
    private static Codes encode(int from, int to, int version) {
        Codes codes = Blobs.range(IMAGES, from, to);
        float cos = (float) Math.cos(.6 * version);
        float sin = (float) Math.sin(.6 * version);
        for (int at = 0; at < codes.rows() * D; at += 2) {
            float x = codes.values()[at];
            float y = codes.values()[at + 1];
            codes.values()[at] = cos * x - sin * y + 8 * version;
            codes.values()[at + 1] = sin * x + cos * y;
        }
        return codes;
    }
}
