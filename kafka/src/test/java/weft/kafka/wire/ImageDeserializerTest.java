package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static weft.kafka.wire.ImageParserTest.headers;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Shape;
import weft.core.image.Split;

class ImageDeserializerTest {
    private static final Shape GREY = new Shape.Image(28, 28, 1);

    private static final byte[] BLACK = new byte[784];

    private final ImageDeserializer deserializer = new ImageDeserializer(ImageParserTest.FASHION);

    @Test
    void takesTheLabelOutOfTheRecord() {
        Headers headers = headers("split", "test", "label", "3", "epoch", "1", "label", "4");

        // As the consumer calls it.
        Optional<TimedImage> image = deserializer.deserialize("weft.images", headers, ByteBuffer.wrap(BLACK));

        assertThat(image)
                .contains(new TimedImage(new Image(Split.TEST, 1, ImageValues.of(GREY, BLACK)), Optional.empty()));
        assertThat(headers.lastHeader("label")).isNull();
        assertThat(ImageHeaders.text(headers, "epoch")).isEqualTo("1");
        assertThat(ImageHeaders.text(headers, "split")).isEqualTo("test");
    }

    @Test
    void aSpoiltLabelMakesItNoImageForAnybody() {
        assertThat(deserializer.deserialize("weft.images", headers("label", "10"), BLACK))
                .isEmpty();
    }

    @Test
    void whatIsNoImageIsEmptyAndItsLabelGoneToo() {
        Headers headers = headers("label", "3");

        assertThat(deserializer.deserialize("weft.images", headers, new byte[783]))
                .isEmpty();
        assertThat(headers.lastHeader("label")).isNull();
        assertThat(deserializer.deserialize("weft.images", headers("split", "dev"), BLACK))
                .isEmpty();
        assertThat(deserializer.deserialize("weft.images", headers("epoch", "-1"), BLACK))
                .isEmpty();
    }

    @Test
    void needsTheHeaders() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> deserializer.deserialize("weft.images", BLACK))
                .withMessage("an image needs its headers");
    }
}
