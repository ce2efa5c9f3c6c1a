package weft.trainer.imsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import weft.core.metric.Quality;
import weft.core.metric.Tally;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.trainer.cluster.Codes;

class ImsatLearnerTest {
    private static final int K = 4;

    @Test
    void itFindsTheKindsOfPictureWithoutLabels() {
        Committee committee = committee(Prior.UNIFORM, 3);
        ImsatLearner learner = new ImsatLearner(committee, Optional.empty());
        train(learner, 60, 1);
        assertThat(adjustedRand(learner)).isGreaterThan(.9);
    }

    @ParameterizedTest
    @EnumSource(Prior.class)
    void whatIsSavedGoesOnBitForBit(Prior prior) {
        Committee one = committee(prior, 5);
        ImsatLearner learner = new ImsatLearner(one, Optional.empty());
        // Clusters are matched at the steps 250 and 300, and from 250 on replicas teach each other.
        one.steps = 246;
        train(learner, 8, 1);
        one.steps = 294;
        train(learner, 2, 3);
        // Half a step's images are left waiting.
        train(learner, 1, 4);
        ByteString saved = learner.save();
        ImsatLearner resumed = new ImsatLearner(committee(prior, 5), Optional.of(saved));
        assertThat(resumed.save()).isEqualTo(saved);
        double loss = train(learner, 8, 2);
        assertThat(one.steps).isGreaterThan(300);
        assertThat(train(resumed, 8, 2)).isEqualTo(loss);
        assertThat(resumed.save()).isEqualTo(learner.save());
        assertThat(one.matching.partner(1, 0)).isNotEqualTo(one.matching.partner(0, 0));
        assertThat(one.matching.partner(0, 1)[one.matching.partner(1, 0)[2]]).isEqualTo(2);
    }

    @Test
    void imagesThatDoNotFillAStepWaitForTheNextOnes() {
        Committee cut = committee(Prior.UNIFORM, 7);
        Committee whole = committee(Prior.UNIFORM, 7);
        float[] images = images(256, new SplittableRandom(1));
        ImsatLearner pieces = new ImsatLearner(cut, Optional.empty());
        int at = 0;
        for (int size : new int[] {1, 100, 60, 64, 31}) {
            float[] some = new float[size * 144];
            System.arraycopy(images, at * 144, some, 0, some.length);
            Codes codes = new Codes(size, 3 * K);
            pieces.train(some, size, codes);
            assertThat(codes.rows()).isEqualTo(size);
            at += size;
            assertThat(cut.steps).isEqualTo(at / 128);
        }
        new ImsatLearner(whole, Optional.empty()).train(images, 256, new Codes(256, 3 * K));
        assertThat(pieces.save()).isEqualTo(new ImsatLearner(whole, Optional.of(pieces.save())).save());
        assertThat(whole.replicas[2].averageParameters).isEqualTo(cut.replicas[2].averageParameters);
    }

    @Test
    void beforeAStepThereIsNoLoss() {
        ImsatLearner learner = new ImsatLearner(committee(Prior.UNIFORM, 1), Optional.empty());
        assertThat(learner.train(images(64, new SplittableRandom(1)), 64, new Codes(64, 3 * K)))
                .isNaN();
        // Heads that know nothing: ln K (1 − .8 + .3) of each, and nothing of the mixed views yet.
        assertThat(learner.train(images(64, new SplittableRandom(1)), 64, new Codes(64, 3 * K)))
                .isCloseTo(.5 * (Math.log(K) + Math.log(4 * K)), within(.15));
    }

    @Test
    void anotherStateIsRefused() {
        ByteString saved = new ImsatLearner(committee(Prior.UNIFORM, 1), Optional.empty()).save();
        Committee larger = new Committee(Pictures.SMALL, 9, new ImsatOptions(Prior.UNIFORM, List.of(), 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImsatLearner(larger, Optional.of(saved)))
                .withMessageContaining("the saved state of a network has");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImsatLearner(larger, Optional.of(ByteString.EMPTY)))
                .withMessage("the saved state is not one of such a committee");
    }

    private static Committee committee(Prior prior, long seed) {
        return new Committee(Pictures.SMALL, K, new ImsatOptions(prior, List.of(), 0, seed));
    }

    /// Steps and half a one, so that images are left over.
    private static double train(ImsatLearner learner, int steps, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double loss = 0;
        for (int step = 0; step < steps; step++) {
            loss = learner.train(images(128, random), 128, new Codes(128, 3 * K));
        }
        learner.train(images(64, random), 64, new Codes(64, 3 * K));
        return loss;
    }

    private static float[] images(int n, SplittableRandom random) {
        float[] images = new float[n * 144];
        for (int i = 0; i < n; i++) {
            System.arraycopy(Pictures.kind(random.nextInt(4), random), 0, images, i * 144, 144);
        }
        return images;
    }

    private static double adjustedRand(ImsatLearner learner) {
        Encoder.Pass encode = learner.encoder().pass();
        Clusterer.Pass assign = new VoteLearner(K, Optional.empty()).clusterer().pass();
        SplittableRandom random = new SplittableRandom(99);
        Tally tally = new Tally(K, 4);
        for (int i = 0; i < 400; i++) {
            tally.add(
                    assign.assign(encode.encode(Pictures.kind(i % 4, random), 0))
                            .cluster(),
                    i % 4);
        }
        return Quality.of(tally.table()).ari();
    }
}
