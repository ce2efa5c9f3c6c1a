package weft.trainer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BinaryCrossEntropyTest {
    @Test
    void meansOverTheValues() {
        // -ln .5 for the first; -(.25 ln .75 + .75 ln .25) for the second
        float[] logits = {0, (float) Math.log(3), 99};

        double loss = BinaryCrossEntropy.mean(logits, new float[] {.5f, .75f, 1}, new float[] {1, .25f, 0}, 2);

        assertThat(loss).isCloseTo((.693147 + 1.111641) / 2, within(1e-6));
    }

    @Test
    void isClippedAsInKeras() {
        float[] logits = {200, -200};
        float[] probabilities = {1, 0};

        assertThat(BinaryCrossEntropy.mean(logits, probabilities, new float[] {0, 1}, 2))
                .isCloseTo(-Math.log(1e-7), within(1e-5));
        assertThat(BinaryCrossEntropy.mean(logits, probabilities, new float[] {1, 0}, 2))
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void staysExactOverManyValues() {
        int n = 100_000;
        float[] halves = new float[n];
        Arrays.fill(halves, .5f);

        assertThat(BinaryCrossEntropy.mean(new float[n], halves, halves, n)).isCloseTo(Math.log(2), within(1e-9));
    }

    @Test
    void saysWhereAValueIsNotANumber() {
        float[] good = {.5f};
        float[] bad = {Float.NaN};

        assertThat(BinaryCrossEntropy.mean(bad, bad, good, 1)).isNaN();
        assertThat(BinaryCrossEntropy.mean(good, good, bad, 1)).isNaN();
    }
}
