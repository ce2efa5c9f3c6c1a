package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.InvalidSnapshotException;
import weft.scorer.TestModels;

class DeadLettersTest {
    private static final byte[] KEY = "train-00042".getBytes(StandardCharsets.UTF_8);
    private static final byte[] IMAGE = TestModels.flat(99);

    @TempDir
    private Path state;

    private Scoring scoring;

    @BeforeEach
    void open() throws InvalidSnapshotException {
        scoring = new Scoring(state, 1, "raw-kmeans-2");
        scoring.models.offer(TestModels.snapshot(512, 0, 0, 1), 1_000);
    }

    @AfterEach
    void close() {
        scoring.close();
    }

    /// A record that is no image.
    record Bad(String reason, TestRecord<byte @Nullable [], byte @Nullable []> image) {
        @Override
        public String toString() {
            return reason;
        }
    }

    private static Bad bad(String reason, byte @Nullable [] key, byte @Nullable [] value, String... headers) {
        return new Bad(reason, new TestRecord<>(key, value, Scoring.headers(headers), Scoring.DUE));
    }

    static Stream<Bad> bad() {
        return Stream.of(
                bad("the value is null", KEY, null, "label", "3"),
                bad("an image has 784 bytes, not 783", KEY, Arrays.copyOf(IMAGE, 783)),
                bad("an image has 784 bytes, not 0", KEY, new byte[0]),
                bad(
                        "the key, which is the image's id, has 1025 bytes, more than 1024",
                        "x".repeat(1_025).getBytes(StandardCharsets.UTF_8),
                        IMAGE),
                bad("the key, which is the image's id, is not UTF-8", new byte[] {(byte) 0xff, 1}, IMAGE),
                bad("split must be train or test, not 'holdout'", KEY, IMAGE, "split", "holdout"),
                bad("a label is 0 to 9 as text or the name of a class, not 'x'", KEY, IMAGE, "label", "x"),
                bad("a label is 0 to 9 as text or the name of a class, not '10'", KEY, IMAGE, "label", "10"),
                bad("a label is 0 to 9 as text or the name of a class, not '-1'", KEY, IMAGE, "label", "-1"),
                bad("header epoch must be a whole number, not '1.5'", KEY, IMAGE, "epoch", "1.5"),
                bad("header epoch must be a whole number, not '-1'", KEY, IMAGE, "epoch", "-1"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadRecordIsKeptAsItCameWithWhyAndWhereFrom(Bad bad) {
        scoring.send("before", 0);
        scoring.images.pipeInput(bad.image());
        scoring.send("after", 255);

        TestRecord<byte @Nullable [], byte @Nullable []> letter = scoring.deadLetters.readRecord();
        assertThat(letter.key()).isEqualTo(bad.image().key());
        assertThat(letter.value()).isEqualTo(bad.image().value());
        assertThat(letter.getRecordTime()).isEqualTo(Scoring.DUE);
        assertThat(ImageHeaders.text(letter.headers(), "reason")).isEqualTo(bad.reason());
        assertThat(ImageHeaders.text(letter.headers(), "source-topic")).isEqualTo("weft.images");
        assertThat(ImageHeaders.text(letter.headers(), "source-partition")).isEqualTo("0");
        assertThat(ImageHeaders.text(letter.headers(), "source-offset")).isEqualTo("1");
        assertThat(letter.headers()).containsAll(bad.image().headers());
        assertThat(scoring.deadLetters.isEmpty()).isTrue();
        assertThat(scoring.assignments.readKeyValuesToList())
                .extracting(pair -> Objects.requireNonNull(pair.key))
                .containsExactly("before", "after");
    }

    @Test
    void whatWouldNotFitIntoARecordIsLeftOutAndCounted() {
        byte[] large = new byte[1_048_000];
        scoring.images.pipeInput(bad("", KEY, large, "serial", "7").image());
        scoring.images.pipeInput(bad("", large, IMAGE, "serial", "8").image());
        scoring.images.pipeInput(
                bad("", KEY, IMAGE, "split", "x".repeat(900_000)).image());

        TestRecord<byte @Nullable [], byte @Nullable []> value = scoring.deadLetters.readRecord();
        assertThat(value.key()).isEqualTo(KEY);
        assertThat(value.value()).isNull();
        assertThat(ImageHeaders.text(value.headers(), "reason")).isEqualTo("an image has 784 bytes, not 1048000");
        assertThat(ImageHeaders.text(value.headers(), "left-out-bytes")).isEqualTo("1048000");
        assertThat(ImageHeaders.text(value.headers(), "serial")).isEqualTo("7");
        TestRecord<byte @Nullable [], byte @Nullable []> all = scoring.deadLetters.readRecord();
        assertThat(all.key()).isNull();
        assertThat(all.value()).isNull();
        assertThat(ImageHeaders.text(all.headers(), "left-out-bytes"))
                .isEqualTo(Integer.toString(1_048_000 + 784 + "serial8".length()));
        assertThat(ImageHeaders.text(all.headers(), "serial")).isNull();
        assertThat(ImageHeaders.text(all.headers(), "source-offset")).isEqualTo("1");
        assertThat(String.valueOf(
                        ImageHeaders.text(scoring.deadLetters.readRecord().headers(), "reason")))
                .startsWith("split must be train or test, not 'xxx")
                .hasSizeLessThan(600);
    }

    @Test
    void anImageWithoutAKeyIsCalledByItsPlace() {
        scoring.send("before", 0);
        scoring.images.pipeInput(bad("", null, IMAGE).image());
        scoring.images.pipeInput(bad("", new byte[0], IMAGE).image());

        assertThat(scoring.deadLetters.isEmpty()).isTrue();
        assertThat(scoring.assignments.readKeyValuesToList())
                .extracting(pair -> Objects.requireNonNull(pair.key))
                .containsExactly("before", "0-1", "0-2");
    }

    @Test
    void theyAreCountedAndNeverMeasured() {
        for (Bad bad : bad().toList()) {
            scoring.images.pipeInput(bad.image());
        }

        assertThat(scoring.meters.get("weft.scorer.dead.letters").counter().count())
                .isEqualTo(11);
        assertThat(scoring.meters.get("weft.scorer.images").counter().count()).isZero();
        assertThat(scoring.measure()).isEmpty();
    }
}
