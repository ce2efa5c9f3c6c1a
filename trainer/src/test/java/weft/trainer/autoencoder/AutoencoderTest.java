package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import weft.trainer.learn.DivergedException;

class AutoencoderTest {
    private static final int SIZE = 20;
    private static final int CODE = 4;
    private static final int BATCH = 16;

    @Test
    void codesAndLossAreThoseOfTheExportedNetworks() {
        var autoencoder = new Autoencoder(settings(Optimiser.ADAM), Reconstruction.PIXELS);
        train(autoencoder, 0, 30);
        var encoder = autoencoder.encoder();
        var decoder = autoencoder.decoder();
        float[] pixels = batch(99);
        float[] codes = new float[BATCH * CODE];

        float loss = train(autoencoder, pixels, BATCH, codes);

        var encode = encoder.pass();
        var decode = decoder.pass();
        double sum = 0;
        for (int row = 0; row < BATCH; row++) {
            float[] code = encode.run(pixels, row * SIZE);
            assertThat(Arrays.copyOfRange(codes, row * CODE, (row + 1) * CODE)).containsExactly(code, within(1e-5f));
            float[] image = decode.run(code, 0);
            for (int i = 0; i < SIZE; i++) {
                double x = pixels[row * SIZE + i];
                sum -= x * Math.log(image[i]) + (1 - x) * Math.log(1 - image[i]);
            }
        }
        assertThat((double) loss).isCloseTo(sum / (BATCH * SIZE), within(1e-5));
        assertThat(autoencoder.encoder()).as("after one more step").isNotEqualTo(encoder);
    }

    @ParameterizedTest
    @EnumSource
    void sameSeedEndsInTheSameState(Optimiser optimiser) {
        var one = new Autoencoder(settings(optimiser), Reconstruction.PIXELS);
        var other = new Autoencoder(settings(optimiser), Reconstruction.PIXELS);
        train(one, 0, 50);
        train(other, 0, 50);

        assertThat(one.state()).isEqualTo(other.state());
        assertThat(one.state().iteration()).isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource
    void restoredItGoesOnBitForBit(Optimiser optimiser) {
        var undisturbed = new Autoencoder(settings(optimiser), Reconstruction.PIXELS);
        train(undisturbed, 0, 50);

        var first = new Autoencoder(settings(optimiser), Reconstruction.PIXELS);
        train(first, 0, 25);
        var second = Autoencoder.restore(settings(optimiser), Reconstruction.PIXELS, first.state());
        train(second, 25, 50);

        assertThat(second.state()).isEqualTo(undisturbed.state());
    }

    @ParameterizedTest
    @EnumSource
    void learns(Optimiser optimiser) {
        var autoencoder = new Autoencoder(settings(optimiser), Reconstruction.PIXELS);
        float before = train(autoencoder, 0, 1);
        train(autoencoder, 1, 400);
        float after = train(autoencoder, 0, 1);

        // The images' own entropy is what no network can go below.
        double entropy = entropy(batch(0));
        assertThat(before - entropy).isGreaterThan(.03);
        assertThat(after - entropy).isBetween(0.0, .6 * (before - entropy));
    }

    @Test
    void denoisingLearnsWholeImagesFromDamagedOnes() {
        var denoising = new AutoencoderSettings(List.of(SIZE, 8, CODE), Optimiser.ADAM, 5e-3, 0, .3, 42);
        var autoencoder = new Autoencoder(denoising, Reconstruction.PIXELS);
        var plain = new Autoencoder(settings(Optimiser.ADAM), Reconstruction.PIXELS);
        float[] codes = new float[BATCH * CODE];
        float[] plainCodes = new float[BATCH * CODE];

        float first = train(autoencoder, batch(0), BATCH, codes);
        assertThat(train(plain, batch(0), BATCH, plainCodes)).isNotEqualTo(first);
        assertThat(codes).as("of the images as they are").isEqualTo(plainCodes);

        train(autoencoder, 1, 25);
        var resumed = Autoencoder.restore(denoising, Reconstruction.PIXELS, autoencoder.state());
        train(autoencoder, 25, 400);
        train(resumed, 25, 400);
        assertThat(resumed.state()).as("the same pixels are damaged").isEqualTo(autoencoder.state());
        double entropy = entropy(batch(0));
        assertThat(train(resumed, 0, 1) - entropy).isBetween(0.0, .8 * (first - entropy));
    }

    @Test
    void aHalvingRateTakesShorterSteps() {
        var settings = new AutoencoderSettings(List.of(SIZE, 8, CODE), Optimiser.ADAM, 5e-3, 1, 0, 42);
        var halving = new Autoencoder(settings, Reconstruction.PIXELS);
        var constant = new Autoencoder(settings(Optimiser.ADAM), Reconstruction.PIXELS);
        train(halving, 0, 1);
        train(constant, 0, 1);
        assertThat(halving.state()).as("the first step is whole").isEqualTo(constant.state());

        float[] before = constant.state().parameters();
        train(halving, 1, 2);
        train(constant, 1, 2);
        float[] half = halving.state().parameters();
        float[] whole = constant.state().parameters();
        for (int i = 0; i < before.length; i++) {
            assertThat(half[i] - before[i]).isCloseTo((whole[i] - before[i]) / 2, within(1e-6f));
        }
    }

    @Test
    void batchesMayBeShortOrLong() {
        var mixed = new Autoencoder(settings(Optimiser.ADAM), Reconstruction.PIXELS);
        var exact = new Autoencoder(settings(Optimiser.ADAM), Reconstruction.PIXELS);
        float[] pixels = SyntheticImages.rows(40, SIZE, 1);
        for (int n : new int[] {16, 3, 39, 1}) {
            float[] codes = new float[40 * CODE];
            float[] exactCodes = new float[n * CODE];
            float loss = train(mixed, pixels, n, codes);

            assertThat(loss).isEqualTo(train(exact, Arrays.copyOf(pixels, n * SIZE), n, exactCodes));
            assertThat(Arrays.copyOf(codes, n * CODE)).isEqualTo(exactCodes);
            assertThat(Arrays.copyOfRange(codes, n * CODE, codes.length))
                    .as("codes past the batch")
                    .containsOnly(0);
        }
        assertThat(mixed.state()).isEqualTo(exact.state());
    }

    @Test
    void aBatchThatIsNotFiniteChangesNothing() {
        var autoencoder = new Autoencoder(settings(Optimiser.ADAM), Reconstruction.PIXELS);
        train(autoencoder, 0, 10);
        var before = autoencoder.state();
        float[] bad = batch(1);
        bad[37] = Float.NaN;

        assertThatThrownBy(() -> train(autoencoder, bad, BATCH, new float[BATCH * CODE]))
                .isInstanceOf(DivergedException.class)
                .hasMessage("training diverged at iteration 10: the loss is not finite (loss NaN)");

        assertThat(autoencoder.state()).isEqualTo(before);
        assertThat(train(autoencoder, 10, 20)).isBetween(0f, 1f);
    }

    @Test
    void saysWhenTheStepsAreTooLong() {
        var wild = new AutoencoderSettings(List.of(SIZE, CODE), Optimiser.ADAM, 1e30, 0, 0, 1);
        var autoencoder = new Autoencoder(wild, Reconstruction.PIXELS);

        assertThatThrownBy(() -> train(autoencoder, 0, 10))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching("training diverged at iteration [1-9]: .* is not finite \\(loss .*\\)");
    }

    @Test
    void refusesBatchesThatDoNotFit() {
        var autoencoder = new Autoencoder(settings(Optimiser.ADAM), Reconstruction.PIXELS);

        assertThatThrownBy(() -> train(autoencoder, new float[0], 0, new float[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a batch must have at least 1 row, not 0");
        assertThatThrownBy(() -> train(autoencoder, new float[39], 2, new float[8]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 rows of 20 values do not fit in 39 values");
        assertThatThrownBy(() -> train(autoencoder, new float[40], 2, new float[7]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 rows of 4 codes do not fit in 7 values");
    }

    @Test
    void refusesTheStateOfAnotherShape() {
        assertThatThrownBy(() -> Autoencoder.restore(
                        settings(Optimiser.ADAM), Reconstruction.PIXELS, new State(new float[3], new float[6], 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layers [20, 8, 4] have 424 parameters, not 3");
    }

    private static AutoencoderSettings settings(Optimiser optimiser) {
        double rate = optimiser == Optimiser.ADAM ? 5e-3 : 5;
        return new AutoencoderSettings(List.of(SIZE, 8, CODE), optimiser, rate, 0, 0, 42);
    }

    /// Steps `from` to `to`, each on a batch of its own; the last loss.
    private static float train(Autoencoder autoencoder, int from, int to) {
        float loss = Float.NaN;
        for (int i = from; i < to; i++) {
            loss = train(autoencoder, batch(i), BATCH, new float[BATCH * CODE]);
        }
        return loss;
    }

    private static float[] batch(int number) {
        return SyntheticImages.rows(BATCH, SIZE, number);
    }

    private static double entropy(float[] pixels) {
        double sum = 0;
        for (float x : pixels) {
            sum -= x * Math.log(x) + (1 - x) * Math.log(1 - x);
        }
        return sum / pixels.length;
    }

    private static float train(Autoencoder autoencoder, float[] images, int n, float[] codes) {
        Contribution taught = autoencoder.contribution(images, n, codes);
        autoencoder.apply(taught);
        return (float) taught.loss();
    }
}
