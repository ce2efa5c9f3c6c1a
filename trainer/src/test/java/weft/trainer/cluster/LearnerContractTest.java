package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every learner promises.
class LearnerContractTest {
    private static final int K = 4;
    private static final int D = 3;

    private static final Codes STREAM = Blobs.of(12_000, 8, D, 2.5, 5);

    /// The learners, started afresh or from a state.
    enum Kind {
        FIXED,
        MOVING,
        NORMALISED,
        MIXTURE;

        ClustererLearner start() {
            return this == MIXTURE ? new MixtureLearner(mixture()) : new KMeansLearner(kmeans());
        }

        ClustererLearner restored(ByteString state) {
            return this == MIXTURE
                    ? MixtureLearner.of(mixture(), Optional.of(state))
                    : KMeansLearner.of(kmeans(), Optional.of(state));
        }

        private KMeansLearner.Settings kmeans() {
            return new KMeansLearner.Settings(
                    K, D, this == FIXED ? Follow.STILL : Follow.TRANSPORT, this == NORMALISED, 3);
        }

        private static MixtureLearner.Settings mixture() {
            return new MixtureLearner.Settings(K, D, Follow.TRANSPORT, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameCodesGiveTheSameBits(Kind kind) {
        Lesson one = new Lesson(kind.start(), STREAM).until(12_000);
        Lesson other = new Lesson(kind.start(), STREAM).until(12_000);

        assertThat(one.learner().save()).isEqualTo(other.learner().save());
        assertThat(one.learner().clusterer()).isEqualTo(other.learner().clusterer());
        assertThat(one.labels()).isEqualTo(other.labels());
    }

    @ParameterizedTest
    @EnumSource
    void restoredItGoesOnBitForBit(Kind kind) {
        Lesson undisturbed = new Lesson(kind.start(), STREAM).until(12_000);
        Lesson disturbed = new Lesson(kind.start(), STREAM);
        for (int at : new int[] {300, 600, 2_000, 5_700, 10_000, 10_900, 11_500}) {
            disturbed.until(at);
            ByteString state = disturbed.learner().save();
            disturbed.replace(kind.restored(state));
            assertThat(disturbed.learner().save()).as("saved at %d", at).isEqualTo(state);
        }
        disturbed.until(12_000);

        assertThat(disturbed.learner().save()).isEqualTo(undisturbed.learner().save());
        assertThat(disturbed.learner().clusterer())
                .isEqualTo(undisturbed.learner().clusterer());
        assertThat(disturbed.labels()).isEqualTo(undisturbed.labels());
    }

    @ParameterizedTest
    @EnumSource
    void leavesItsInputAlone(Kind kind) {
        Codes window = Blobs.range(STREAM, 0, 2_000);
        float[] before = window.values().clone();
        ClustererLearner learner = kind.start();
        learner.follow(window, none(2_000), 10_000);
        learner.learn(window, none(2_000));
        learner.follow(window, new int[2_000], 12_000);

        assertThat(window.values()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void beforeTheFirstFitThereAreNoClusters(Kind kind) {
        ClustererLearner learner = kind.start();
        int[] labels = new int[10];
        learner.learn(Blobs.range(STREAM, 0, 10), labels);
        learner.follow(Blobs.range(STREAM, 0, K - 1), labels, 3);

        assertThat(labels).containsOnly(-1);
        assertThat(learner.started()).isFalse();
        assertThat(learner.wantsWindow(500)).isTrue();
        assertThat(learner.measures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyBatchTeachesNothing(Kind kind) {
        ClustererLearner learner = new Lesson(kind.start(), STREAM).until(2_000).learner();
        int[] before = assign(learner);
        assertThat(learner.measures().values()).isNotEmpty().allMatch(Double::isFinite);

        learner.learn(new Codes(5, D), new int[0]);

        assertThat(assign(learner)).isEqualTo(before);
        assertThat(learner.measures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void learnsFromOneRow(Kind kind) {
        ClustererLearner learner = new Lesson(kind.start(), STREAM).until(2_000).learner();
        int[] label = {-1};
        learner.learn(Blobs.range(STREAM, 2_000, 2_001), label);

        assertThat(label[0]).isEqualTo(assign(learner)[2_000]);
    }

    @ParameterizedTest
    @EnumSource
    void equalRowsNeverMakeItLeaveTheFiniteNumbers(Kind kind) {
        for (float value : new float[] {0, .7f}) {
            Lesson lesson = new Lesson(kind.start(), Blobs.equal(12_000, value, value, value)).until(12_000);

            // The clusterers refuse what is not finite.
            assertThat(assign(lesson.learner())).hasSize(12_000);
            assertThat(lesson.labels()).doesNotContain(-1);
        }
    }

    @Test
    void theStreamIsNotTrivial() {
        assertThat(Blobs.inertia(STREAM, 8) / (12_000 * D)).isGreaterThan(6);
    }

    private static int[] none(int rows) {
        int[] labels = new int[rows];
        Arrays.fill(labels, -1);
        return labels;
    }

    private static int[] assign(ClustererLearner learner) {
        return Assign.all(learner.clusterer(), STREAM);
    }
}
