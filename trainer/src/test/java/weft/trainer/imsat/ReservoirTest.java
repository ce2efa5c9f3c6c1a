package weft.trainer.imsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import weft.trainer.cluster.Codes;

class ReservoirTest {
    /// 200 images of one value each, in batches of 16, into a reservoir of 50: each is in a quarter of them.
    @Test
    void everyImageHasTheSameChance() {
        int[] held = new int[200];
        int trials = 2_000;
        for (int trial = 0; trial < trials; trial++) {
            Reservoir reservoir = filled(50, trial, 200);
            assertThat(reservoir.size()).isEqualTo(50);
            for (byte one : reservoir.save().toByteArray()) {
                held[one & 0xFF]++;
            }
        }
        for (int i = 0; i < held.length; i++) {
            // Five standard deviations.
            assertThat((double) held[i] / trials).as("image %d", i).isCloseTo(.25, within(.049));
        }
    }

    @Test
    void aBatchIsDrawnFromWhatItHolds() {
        Reservoir reservoir = filled(50, 1, 20);
        float[] batch = new float[128];
        reservoir.draw(batch, 64, 128, 7);
        for (int i = 0; i < batch.length; i++) {
            assertThat(batch[i]).isBetween(0f, i < 64 ? 0f : 19.01f / 255);
        }
        float[] again = new float[128];
        reservoir.draw(again, 64, 128, 7);
        assertThat(again).isEqualTo(batch);
        reservoir.draw(again, 64, 128, 8);
        assertThat(again).isNotEqualTo(batch);
    }

    @Test
    void aStepTakesHalfOfItsImagesFromTheReservoirAndGoesOnBitForBit() {
        ImsatOptions options = new ImsatOptions(Prior.UNIFORM, List.of(), 100, 5);
        Committee committee = new Committee(Pictures.SMALL, 4, options);
        ImsatLearner learner = new ImsatLearner(committee, Optional.empty());
        train(learner, 128, 1);
        assertThat(committee.steps).isEqualTo(1);
        train(learner, 128, 2);
        assertThat(committee.steps).isEqualTo(3);
        train(learner, 100, 3);
        assertThat(committee.steps).isEqualTo(4);

        ByteString saved = learner.save();
        ImsatLearner resumed = new ImsatLearner(new Committee(Pictures.SMALL, 4, options), Optional.of(saved));
        assertThat(resumed.save()).isEqualTo(saved);
        assertThat(train(resumed, 200, 4)).isEqualTo(train(learner, 200, 4));
        assertThat(resumed.save()).isEqualTo(learner.save());

        Committee without = new Committee(Pictures.SMALL, 4, new ImsatOptions(Prior.UNIFORM, List.of(), 0, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImsatLearner(without, Optional.of(saved)))
                .withMessage("the saved state is not one of such a reservoir");
    }

    private static Reservoir filled(int capacity, long seed, int images) {
        Reservoir reservoir = new Reservoir(capacity, 1, seed);
        for (int from = 0; from < images; from += 16) {
            int n = Math.min(16, images - from);
            float[] some = new float[n];
            for (int i = 0; i < n; i++) {
                some[i] = (from + i) / 255f;
            }
            reservoir.add(some, n);
        }
        return reservoir;
    }

    private static double train(ImsatLearner learner, int images, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[images * Pictures.SMALL.values()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(256) * (1f / 255f);
        }
        return learner.train(values, images, new Codes(images, 12));
    }
}
