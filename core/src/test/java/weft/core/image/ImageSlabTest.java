package weft.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSlabTest {
    private final Random random = new Random(4);

    private ImageValues image(Shape shape) {
        byte[] raw = new byte[shape.bytes()];
        random.nextBytes(raw);
        return ImageValues.of(shape, raw);
    }

    /// Many images in one array, one in each, and vectors.
    @ParameterizedTest
    @ValueSource(strings = {"28x28", "128x128", "5", "16384"})
    void everyPlaceHasItsImage(String text) {
        Shape shape = Shape.parse(text);
        int places = 700;
        ImageSlab slab = new ImageSlab(shape, places);
        ImageValues[] expected = new ImageValues[places];
        for (int i = 0; i < 3 * places; i++) {
            int place = random.nextInt(places);
            expected[place] = image(shape);
            slab.put(place, expected[place]);
        }
        float[] floats = new float[shape.values() + 3];
        float[] wanted = new float[shape.values() + 3];
        for (int i = 0; i < places; i++) {
            assertThat(slab.holds(i)).isEqualTo(expected[i] != null);
            if (expected[i] != null) {
                assertThat(slab.get(i)).isEqualTo(expected[i]);
                slab.toFloats(i, floats, 3);
                expected[i].toFloats(wanted, 3);
                assertThat(floats).isEqualTo(wanted);
            }
        }
    }

    @Test
    void tellsEqualImages() {
        Shape shape = new Shape.Image(28, 28, 1);
        ImageSlab slab = new ImageSlab(shape, 1_000);
        ImageValues image = image(shape);
        slab.put(1, image);
        slab.put(2, image(shape));
        slab.put(999, image);

        assertThat(slab.same(1, 999)).isTrue();
        assertThat(slab.same(1, 2)).isFalse();
    }

    @Test
    void anEmptyPlaceAndAnotherShapeAreRefused() {
        ImageSlab slab = new ImageSlab(new Shape.Image(2, 2, 1), 3);
        slab.put(1, image(new Shape.Image(2, 2, 1)));
        slab.clear(1);

        assertThat(slab.holds(1)).isFalse();
        assertThatThrownBy(() -> slab.get(1)).hasMessage("there is no image in place 1");
        assertThatThrownBy(() -> slab.put(0, image(new Shape.Vector(1))))
                .hasMessage("the places are for images of 2x2, not of 1");
    }
}
