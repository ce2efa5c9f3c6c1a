package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weft.core.metric.ReconstructionLoss;
import weft.core.model.Activation;
import weft.core.model.Encoder;
import weft.core.model.Network;
import weft.trainer.cluster.Codes;

/// Vectors whose values lie on scales far apart are standardised, and rebuilt under the mean squared error.
class VectorsTest {
    private static final int D = 6;
    private static final int BATCH = 64;
    private static final AutoencoderSettings SETTINGS =
            new AutoencoderSettings(List.of(D, 16, 4), Optimiser.ADAM, 5e-3, 0, 0, 7);

    /// Two hidden numbers make all six; the last value never changes.
    private static float[] batch(int number) {
        Random random = new Random(number);
        float[] values = new float[BATCH * D];
        for (int i = 0; i < BATCH; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double[] row = {1e4 + 1e3 * a, 1e-3 * b, a + b, -50 + a, 1e-3 * a, 42};
            for (int j = 0; j < D; j++) {
                values[i * D + j] = (float) row[j];
            }
        }
        return values;
    }

    private static VectorAutoencoderLearner learner() {
        return new VectorAutoencoderLearner(SETTINGS, Optional.empty());
    }

    private static void train(VectorAutoencoderLearner learner, int from, int to) {
        for (int i = from; i < to; i++) {
            learner.train(batch(i), BATCH, new Codes(BATCH, 4));
        }
    }

    @Test
    void theScalingIsWhatTheStartShowed() {
        VectorAutoencoderLearner learner = learner();
        train(learner, 0, 8);
        Encoder encoder = learner.encoder();

        assertThat(encoder.scaling().means().get(0)).isCloseTo(1e4, within(200.0));
        assertThat(encoder.scaling().deviations().get(0)).isCloseTo(1e3, within(150.0));
        assertThat(encoder.scaling().deviations().get(1)).isCloseTo(1e-3, within(1.5e-4));
        assertThat(encoder.scaling().deviations().get(5)).as("of a constant").isEqualTo(1);
        train(learner, 8, 20);
        assertThat(learner.encoder().scaling()).isEqualTo(encoder.scaling());
    }

    @Test
    void itLearnsToRebuildOnEveryScale() {
        VectorAutoencoderLearner learner = learner();
        train(learner, 0, 8);
        double before = loss(learner);
        train(learner, 8, 1_500);

        assertThat(learner.loss()).isEqualTo("mse");
        assertThat(learner.decoder().map(Network::output)).hasValue(Activation.IDENTITY);
        assertThat(before).isGreaterThan(.3);
        assertThat(loss(learner)).isLessThan(.1 * before);
    }

    private static double loss(VectorAutoencoderLearner learner) {
        ReconstructionLoss loss =
                new ReconstructionLoss(learner.encoder(), learner.decoder().orElseThrow());
        float[] unseen = batch(100_000);
        for (int i = 0; i < BATCH; i++) {
            loss.add(Arrays.copyOfRange(unseen, i * D, (i + 1) * D));
        }
        return loss.mean();
    }

    @Test
    void aRestoredOneGoesOnBitForBit() {
        VectorAutoencoderLearner undisturbed = learner();
        train(undisturbed, 0, 8);
        assertThat(undisturbed.encoder()).isNotNull();
        ByteString saved = undisturbed.save();
        train(undisturbed, 8, 30);

        VectorAutoencoderLearner resumed = new VectorAutoencoderLearner(SETTINGS, Optional.of(saved));
        assertThat(resumed.save()).isEqualTo(saved);
        train(resumed, 8, 30);

        assertThat(resumed.save()).isEqualTo(undisturbed.save());
        assertThat(resumed.encoder()).isEqualTo(undisturbed.encoder());
    }

    @Test
    void contributionsAddUpToThatOfBothBatches() {
        Autoencoder one = new Autoencoder(SETTINGS, Reconstruction.VECTORS);
        float[] both = Arrays.copyOf(batch(1), 2 * BATCH * D);
        System.arraycopy(batch(2), 0, both, BATCH * D, BATCH * D);
        float[] codes = new float[2 * BATCH * 4];
        scale(both);

        Contribution whole = one.contribution(both, 2 * BATCH, codes);
        Contribution sum = one.contribution(Arrays.copyOf(both, BATCH * D), BATCH, codes)
                .plus(one.contribution(Arrays.copyOfRange(both, BATCH * D, both.length), BATCH, codes));

        assertThat(sum.images()).isEqualTo(whole.images());
        assertThat(sum.loss()).isCloseTo(whole.loss(), within(1e-5));
        for (int i = 0; i < whole.gradient().length; i++) {
            assertThat(sum.gradient()[i]).isCloseTo(whole.gradient()[i], within(1e-5f));
        }
    }

    private static void scale(float[] values) {
        float[] size = {1e4f, 1e-3f, 1, 50, 1e-3f, 42};
        for (int i = 0; i < values.length; i++) {
            values[i] /= size[i % D];
        }
    }
}
