package weft.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import weft.trainer.proto.SignalState;

class SignalTest {
    private static final int CHUNK = 64;

    @Test
    void theFirstChunkAfterTheReferenceBetsNothing() {
        Signal signal = learnt(new Random(1), 2_000);
        chunk(signal, new Random(2), 0.1);

        // Nothing recent is known yet, so the bet is what was expected.
        assertThat(signal.close()).isEqualTo(0, within(1e-12));
    }

    @Test
    void evidenceFollowsTheFormula() {
        Signal signal = new Signal("two", 2, 100);
        for (int i = 0; i < 10; i++) {
            signal.learn(0);
            signal.learn(1);
        }
        signal.count(0);
        signal.close();
        signal.count(0);

        // known 11.5 of 22, recent 1 of 1, shrunk by 50 images as expected.
        double expected = 11.5 / 22;
        assertThat(signal.close()).isEqualTo(Math.log((1 + 50 * expected) / (51 * expected)), within(1e-12));
    }

    @Test
    void aStableStreamShowsNoEvidence() {
        Random random = new Random(3);
        Signal signal = learnt(random, 2_000);
        double most = 0;
        for (int c = 0; c < 10_000; c++) {
            chunk(signal, random, 0.1);
            most = Math.max(most, signal.close());
        }

        // Ville: of 10,000 chunks one reaches 10⁶ with a chance of one in a hundred.
        assertThat(most).isLessThan(Math.log(1e6)).isPositive();
    }

    @Test
    void aShareThatDoublesIsSeenWithinATwoThousandImages() {
        Random random = new Random(4);
        Signal signal = learnt(random, 2_000);
        for (int c = 0; c < 200; c++) {
            chunk(signal, random, 0.1);
            signal.close();
        }
        int chunks = 0;
        do {
            chunk(signal, random, 0.2);
            chunks++;
        } while (signal.close() < Math.log(2e6));

        assertThat(chunks * CHUNK).isLessThan(2_000);
        assertThat(signal.strength()).isBetween(0.05, 0.2);
        assertThat(signal.surprise(0)).isPositive();
        assertThat(signal.surprise(1)).isNegative();
    }

    @Test
    void goesOnFromWhatItSaved() {
        Random random = new Random(5);
        Signal signal = learnt(random, 500);
        chunk(signal, random, 0.3);
        signal.close();
        signal.count(3);
        SignalState saved = signal.save();
        Signal again = new Signal("ten", 10, 1_200);
        again.restore(saved);

        assertThat(again.save()).isEqualTo(saved);
        assertThat(again.close()).isEqualTo(signal.close());
    }

    private static Signal learnt(Random random, int images) {
        Signal signal = new Signal("ten", 10, 1_200);
        for (int i = 0; i < images; i++) {
            signal.learn(random.nextInt(10));
        }
        return signal;
    }

    /// @param first share of the first bin; the others share the rest
    private static void chunk(Signal signal, Random random, double first) {
        for (int i = 0; i < CHUNK; i++) {
            signal.count(random.nextDouble() < first ? 0 : 1 + random.nextInt(9));
        }
    }
}
