package weft.kafka.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weft.core.image.Dataset;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Label;
import weft.core.image.LabelledImage;
import weft.core.image.Shape;
import weft.core.image.Split;

class ImageParserTest {
    private static final Shape GREY = new Shape.Image(28, 28, 1);

    static final Dataset FASHION = new Dataset(
            "Fashion-MNIST",
            GREY,
            List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Boot"));

    static final ImageParser PARSER = new ImageParser(FASHION);

    private static final byte[] BLACK = new byte[784];

    @Test
    void readsValueAndHeaders() {
        byte[] value = BLACK.clone();
        value[783] = (byte) 200;

        LabelledImage image = PARSER.labelled(value, headers("split", "test", "epoch", "3", "label", "9"));

        assertThat(image.image()).isEqualTo(new Image(Split.TEST, 3, ImageValues.of(GREY, value)));
        assertThat(image.label()).contains(new Label("Boot", OptionalInt.of(9)));
    }

    @Test
    void theEventTimeIsThatOfTheHeaderOrElseOfTheRecord() {
        TimedImage told = PARSER.parse(BLACK, headers("event-time", "2026-01-02T03:04:05.678Z"))
                .timed();
        assertThat(told.eventTime(7)).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        TimedImage untold = PARSER.parse(BLACK, new RecordHeaders()).timed();
        assertThat(untold.eventTime(7)).isEqualTo(Instant.ofEpochMilli(7));
    }

    @Test
    void withoutHeadersIsOfTheTrainSplitAndEpoch0() {
        LabelledImage image = PARSER.labelled(BLACK, new RecordHeaders());

        assertThat(image.image()).isEqualTo(new Image(Split.TRAIN, 0, ImageValues.of(GREY, BLACK)));
        assertThat(image.label()).isEmpty();
    }

    @Test
    void theLastHeaderOfANameCounts() {
        assertThat(PARSER.labelled(BLACK, headers("label", "1", "label", "2")).label())
                .contains(new Label("Pullover", OptionalInt.of(2)));
    }

    @Test
    void aHeaderWithoutValueIsNone() {
        Headers headers = new RecordHeaders();
        headers.add("epoch", null);

        assertThat(PARSER.labelled(BLACK, headers).image().epoch()).isZero();
    }

    @Test
    void refusesWhatIsNoImageInOneLine() {
        refused("the value is null", null);
        refused("an image has 784 bytes, not 783", new byte[783]);
        refused("an image has 784 bytes, not 0", new byte[0]);
        refused("split must be train or test, not 'dev'", BLACK, "split", "dev");
        refused("header epoch must be a whole number, not 'first'", BLACK, "epoch", "first");
        refused("header epoch must be a whole number, not '1.5'", BLACK, "epoch", "1.5");
        refused("header epoch must be a whole number, not '-1'", BLACK, "epoch", "-1");
        refused("a time is as 2026-11-23T16:31:13.000Z, not '1764000000000'", BLACK, "event-time", "1764000000000");
        refused("a time is as 2026-11-23T16:31:13.000Z, not ''", BLACK, "event-time", "");
        refused("a label is 0 to 9 as text or the name of a class, not '10'", BLACK, "label", "10");
        refused("a label is 0 to 9 as text or the name of a class, not '-1'", BLACK, "label", "-1");
        refused("a label is 0 to 9 as text or the name of a class, not ''", BLACK, "label", "");
    }

    private static void refused(String message, byte @Nullable [] value, String... headers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PARSER.labelled(value, headers(headers)))
                .withMessage(message);
    }

    /// Names and values in turn.
    static Headers headers(String... namesAndValues) {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
        }
        return headers;
    }
}
