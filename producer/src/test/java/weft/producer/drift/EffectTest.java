package weft.producer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import weft.core.image.Shape;
import weft.producer.drift.Changes.Change;

/// Every effect by numbers.
class EffectTest {
    private static final Shape.Image THREE = new Shape.Image(3, 3, 1);

    private static int[] apply(Effect effect, double amount, Shape shape, int... values) {
        byte[] raw = new byte[values.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) values[i];
        }
        byte[] changed = changes(effect, amount).apply(shape, raw, "train-00001", 0);
        return IntStream.range(0, changed.length).map(i -> changed[i] & 0xFF).toArray();
    }

    private static Changes changes(Effect effect, double amount) {
        return new Changes(1, List.of(new Change(effect, amount)));
    }

    private static int[] dot(int width, int height, int x, int y, int value) {
        int[] values = new int[width * height];
        values[y * width + x] = value;
        return values;
    }

    @Test
    void brightnessMultipliesAndStaysInRange() {
        assertThat(apply(Effect.BRIGHTNESS, .6, THREE, 0, 1, 100, 255, 2, 3, 4, 5, 10))
                .containsExactly(0, 1, 60, 153, 1, 2, 2, 3, 6);
        assertThat(apply(Effect.BRIGHTNESS, 3, THREE, 0, 1, 100, 255, 85, 86, 0, 0, 0))
                .containsExactly(0, 3, 255, 255, 255, 255, 0, 0, 0);
    }

    @Test
    void contrastMovesValuesToOrFromTheirMean() {
        assertThat(apply(Effect.CONTRAST, .5, new Shape.Image(2, 2, 1), 0, 100, 100, 200))
                .containsExactly(50, 100, 100, 150);
        assertThat(apply(Effect.CONTRAST, 2, new Shape.Image(2, 2, 1), 40, 100, 100, 160))
                .containsExactly(0, 100, 100, 220);
        assertThat(apply(Effect.CONTRAST, 0, new Shape.Image(2, 2, 1), 0, 100, 100, 200))
                .containsOnly(100);
    }

    @Test
    void invertingIsTheNegativeAndHalfOfItIsGrey() {
        assertThat(apply(Effect.INVERT, 1, new Shape.Image(2, 2, 1), 0, 1, 100, 255))
                .containsExactly(255, 254, 155, 0);
        assertThat(apply(Effect.INVERT, .5, new Shape.Image(2, 2, 1), 0, 1, 100, 255))
                .containsOnly(128);
        assertThat(apply(Effect.INVERT, .25, new Shape.Image(2, 1, 1), 0, 200)).containsExactly(64, 164);
    }

    @Test
    void aQuarterTurnIsExactAndCounterClockwise() {
        assertThat(apply(Effect.ROTATE, 90, THREE, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
        assertThat(apply(Effect.ROTATE, -90, new Shape.Image(2, 2, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
                .containsExactly(7, 8, 9, 1, 2, 3, 10, 11, 12, 4, 5, 6);
        int[] all = IntStream.range(0, 28 * 28).map(i -> i % 256).toArray();
        assertThat(apply(Effect.ROTATE, 180, new Shape.Image(28, 28, 1), all))
                .containsExactly(IntStream.range(0, 784).map(i -> all[783 - i]).toArray());
        assertThat(apply(Effect.ROTATE, 360, new Shape.Image(28, 28, 1), all)).containsExactly(all);
    }

    @Test
    void anEighthOfATurnIsBilinear() {
        int[] turned = apply(Effect.ROTATE, 45, THREE, 0, 100, 0, 0, 0, 0, 0, 0, 0);
        // (0, 0) comes from (1, 1 - √2): .586 of the dot; (1, 0) from (1.707, .293): .293 × .707 of it.
        assertThat(turned).containsExactly(59, 21, 0, 21, 0, 0, 0, 0, 0);
    }

    @Test
    void shiftingGoesRightAndDownAndLeavesBlack() {
        assertThat(apply(Effect.SHIFT, 1, THREE, 1, 2, 3, 4, 5, 6, 7, 8, 9)).containsExactly(0, 0, 0, 0, 1, 2, 0, 4, 5);
        assertThat(apply(Effect.SHIFT, -1, THREE, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsExactly(5, 6, 0, 8, 9, 0, 0, 0, 0);
        assertThat(apply(Effect.SHIFT, .5, THREE, 0, 0, 0, 0, 100, 0, 0, 0, 0))
                .containsExactly(0, 0, 0, 0, 25, 25, 0, 25, 25);
        assertThat(apply(Effect.SHIFT, 16_384, THREE, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsOnly(0);
    }

    @Test
    void blurringKeepsTheSumAndItsWidthIsSigma() {
        Canvas canvas = new Canvas(new Shape.Image(31, 31, 1), new byte[31 * 31]);
        canvas.values()[15 * 31 + 15] = 255;
        Geometry.blur(canvas, 2);
        double sum = 0;
        double square = 0;
        for (int i = 0; i < 31 * 31; i++) {
            sum += canvas.values()[i];
            square += canvas.values()[i] * (i % 31 - 15) * (i % 31 - 15);
        }
        assertThat(sum).isCloseTo(255, within(1e-9));
        // Cut at three sigma, the variance is a little less than 4.
        assertThat(square / sum).isCloseTo(3.9, within(.08));
        assertThat(apply(Effect.BLUR, 1, new Shape.Image(7, 7, 1), dot(7, 7, 3, 3, 255))[24])
                .isEqualTo((int) Math.round(255 * .3991 * .3991));
    }

    @Test
    void channelsAreBlurredApart() {
        int[] red = new int[7 * 7 * 3];
        red[24 * 3] = 255;
        int[] blurred = apply(Effect.BLUR, 1, new Shape.Image(7, 7, 3), red);
        assertThat(IntStream.range(0, blurred.length).filter(i -> i % 3 > 0).map(i -> blurred[i]))
                .containsOnly(0);
        assertThat(blurred[24 * 3]).isEqualTo(41);
    }

    @Test
    void noiseHasItsSigmaAndNoMean() {
        int[] grey = IntStream.range(0, 100 * 100).map(_ -> 128).toArray();
        int[] noisy = apply(Effect.NOISE, 20, new Shape.Image(100, 100, 1), grey);
        double mean = IntStream.of(noisy).average().orElseThrow();
        double variance = IntStream.of(noisy)
                .mapToDouble(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(128, within(.8));
        assertThat(Math.sqrt(variance)).isCloseTo(20, within(.5));
    }

    @Test
    void noiseIsOfTheImageTheEpochAndTheSeed() {
        byte[] grey = new byte[784];
        Arrays.fill(grey, (byte) 100);
        Shape shape = new Shape.Image(28, 28, 1);
        byte[] noisy = changes(Effect.NOISE, 20).apply(shape, grey, "a", 0);
        assertThat(changes(Effect.NOISE, 20).apply(shape, grey, "a", 0)).isEqualTo(noisy);
        assertThat(changes(Effect.NOISE, 20).apply(shape, grey, "b", 0)).isNotEqualTo(noisy);
        assertThat(changes(Effect.NOISE, 20).apply(shape, grey, "a", 1)).isNotEqualTo(noisy);
        assertThat(new Changes(2, List.of(new Change(Effect.NOISE, 20))).apply(shape, grey, "a", 0))
                .isNotEqualTo(noisy);
        assertThat(grey).containsOnly(100);
    }

    @Test
    void vectorsChangeAsNumbers() {
        assertThat(vector(Effect.BRIGHTNESS, .5, 1f, -3f)).containsExactly(.5f, -1.5f);
        assertThat(vector(Effect.CONTRAST, 2, 1f, 3f)).containsExactly(0f, 4f);
        assertThat(vector(Effect.INVERT, 1, 1f, -3f)).containsExactly(-1f, 3f);
        assertThat(vector(Effect.INVERT, .5, 1f, -3f)).containsExactly(0f, 0f);
        assertThat(vector(Effect.BRIGHTNESS, 100, Float.MAX_VALUE, -Float.MAX_VALUE))
                .containsExactly(Float.MAX_VALUE, -Float.MAX_VALUE);
        float[] noisy = vector(Effect.NOISE, 1, new float[10_000]);
        double square = 0;
        for (float value : noisy) {
            square += value * value;
        }
        assertThat(Math.sqrt(square / noisy.length)).isCloseTo(1, within(.03));
    }

    private static float[] vector(Effect effect, double amount, float... values) {
        Shape shape = new Shape.Vector(values.length);
        ByteBuffer raw = ByteBuffer.allocate(shape.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        ByteBuffer changed = ByteBuffer.wrap(changes(effect, amount).apply(shape, raw.array(), "x", 0))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] read = new float[values.length];
        changed.asFloatBuffer().get(read);
        return read;
    }

    @ParameterizedTest
    @EnumSource(Effect.class)
    void almostNothingChangesNothing(Effect effect) {
        int[] all = IntStream.range(0, 784).map(i -> i % 200 + 20).toArray();
        // Beside a pixel its neighbours weigh nothing in so narrow a blur.
        assertThat(apply(effect, effect.none() + 1e-9, new Shape.Image(28, 28, 1), all))
                .containsExactly(all);
    }
}
