package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static weft.kafka.wire.QualityFigures.named;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weft.core.image.Label;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.QualityEvent;
import weft.scorer.TestModels;

/// Labels of the labels topic: ten minutes, five images.
class LateLabelsTest {
    private static final Duration AGE = Scoring.LABELS.age();

    @TempDir
    private Path state;

    private Scoring scoring;
    private final List<QualityEvent> told = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        scoring = new Scoring(state, 1, "raw-kmeans-2");
        scoring.models.offer(TestModels.snapshot(512, 0, 0, 1), 1_000);
    }

    @AfterEach
    void close() {
        scoring.close();
    }

    private double figure(String name) {
        told.addAll(scoring.measure());
        return told.getLast().value(named(name)).orElse(Double.NaN);
    }

    private double labels(String outcome) {
        return scoring.meters
                .get("weft.scorer.labels")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double awaiting() {
        return scoring.meters.get("weft.scorer.awaiting.images").gauge().value();
    }

    @Test
    void aLabelThatComesLaterCountsAsIfItHadComeWithTheImage() {
        scoring.send("dark", 0);
        scoring.send("bright", 255);
        scoring.send("tested", 255, "split", "test");
        assertThat(figure("images")).isEqualTo(3);
        assertThat(figure("prequentialImages")).isZero();
        assertThat(awaiting()).isEqualTo(3);

        scoring.advance(AGE.minusSeconds(10));
        scoring.label("dark", "4");
        scoring.label("bright", "5");
        scoring.label("tested", "5");

        assertThat(figure("prequentialImages")).isEqualTo(2);
        assertThat(figure("prequentialAccuracy")).isEqualTo(1);
        assertThat(figure("testImages")).isEqualTo(1);
        assertThat(figure("testAccuracy")).isEqualTo(1);
        assertThat(figure("images")).isEqualTo(3);
        assertThat(awaiting()).isZero();
        assertThat(labels("joined")).isEqualTo(3);
        assertThat(scoring.assignments.readValuesToList())
                .hasSize(3)
                .allSatisfy(value ->
                        assertThat(AssignmentEvent.fromJson(value).label()).isEmpty());
    }

    /// The snapshots of later on have learnt from the image; what counts is who assigned it.
    @Test
    void theSliceIsThatOfTheAssignment() throws Exception {
        scoring.send("early", 255);
        scoring.models.offer(TestModels.snapshot(1_024, 2, 0, 1), 1_000);
        scoring.send("overtaken", 255);
        scoring.label("early", "1");
        scoring.label("overtaken", "1");

        assertThat(figure("prequentialImages")).isEqualTo(2);
        assertThat(figure("trainedImages")).isEqualTo(1);
    }

    @Test
    void aLabelMayComeFirstAndHoldsForEveryImageOfItsIdOfThatTime() {
        scoring.label("x", "7");
        scoring.send("x", 255);
        scoring.send("x", 255, "epoch", "1");

        assertThat(scoring.assignments.readValuesToList())
                .hasSize(2)
                .allSatisfy(value -> assertThat(AssignmentEvent.fromJson(value).label())
                        .contains(new Label("Sneaker", OptionalInt.of(7))));
        assertThat(figure("prequentialImages")).isEqualTo(1);
        assertThat(figure("trainedImages")).isEqualTo(1);
        scoring.advance(AGE.plusSeconds(2));
        assertThat(labels("joined")).isEqualTo(2);
        assertThat(labels("unmatched")).isZero();
    }

    @Test
    void aLabelCountsForEveryImageOfItsIdThatWaits() {
        scoring.send("x", 255);
        scoring.send("x", 255);
        scoring.send("xy", 255);
        scoring.label("x", "7");

        assertThat(figure("prequentialImages")).isEqualTo(2);
        assertThat(awaiting()).isEqualTo(1);
    }

    @Test
    void aSecondLabelOfAnImageCountsNothingTwice() {
        scoring.send("x", 255);
        scoring.label("x", "7");
        scoring.label("x", "8");

        assertThat(figure("prequentialImages")).isEqualTo(1);
    }

    @Test
    void unknownIdsAreCountedAndDroppedAfterTheAge() {
        scoring.label("nobody", "3");
        scoring.advance(AGE.minusSeconds(1));
        assertThat(labels("unmatched")).isZero();

        scoring.advance(Duration.ofSeconds(2));
        assertThat(labels("unmatched")).isEqualTo(1);
        scoring.send("nobody", 255);
        assertThat(figure("prequentialImages")).isZero();
    }

    @Test
    void aLabelThatComesTooLateCountsNothing() {
        scoring.send("x", 255);
        scoring.advance(AGE.plusSeconds(1));
        assertThat(awaiting()).isZero();
        scoring.label("x", "3");

        assertThat(figure("prequentialImages")).isZero();
        scoring.advance(AGE.plusSeconds(1));
        assertThat(labels("unmatched")).isEqualTo(1);
    }

    @Test
    void asManyWaitAsThereIsRoomFor() {
        for (int i = 0; i < 7; i++) {
            scoring.send("image-" + i, 255);
            scoring.label("other-" + i, "1");
        }

        assertThat(awaiting()).isEqualTo(5);
        assertThat(scoring.meters
                        .get("weft.scorer.awaiting.turned.away")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(labels("turned_away")).isEqualTo(2);
        assertThat(scoring.assignments.readValuesToList()).hasSize(7);
        scoring.label("image-0", "1");
        scoring.send("image-8", 255);
        assertThat(awaiting()).isEqualTo(5);
        assertThat(figure("prequentialImages")).isEqualTo(1);
    }

    /// A record that is no label.
    record Bad(String reason, TestRecord<byte @Nullable [], byte @Nullable []> label) {
        @Override
        public String toString() {
            return reason;
        }
    }

    private static Bad bad(String reason, byte @Nullable [] key, byte @Nullable [] value) {
        return new Bad(reason, new TestRecord<>(key, value, Scoring.headers(), Scoring.DUE));
    }

    static Stream<Bad> bad() {
        byte[] key = "x".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                bad("the value is null", key, null),
                bad("the key, which is the image's id, is missing", null, new byte[] {'1'}),
                bad("the key, which is the image's id, is missing", new byte[0], new byte[] {'1'}),
                bad("a label is 0 to 9 as text or the name of a class, not ''", key, new byte[0]),
                bad("a label is 0 to 9 as text or the name of a class, not '10'", key, new byte[] {'1', '0'}),
                bad("a label is 0 to 9 as text or the name of a class, not '-1'", key, new byte[] {'-', '1'}),
                bad("a label is 0 to 9 as text or the name of a class, not '?'", key, new byte[] {3}),
                bad(
                        "a label is 0 to 9 as text or the name of a class, not 'sneaker'",
                        key,
                        "sneaker".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadLabelIsADeadLetter(Bad bad) {
        scoring.send("x", 255);
        scoring.labels.pipeInput(bad.label());
        scoring.label("x", "2");

        TestRecord<byte @Nullable [], byte @Nullable []> letter = scoring.deadLetters.readRecord();
        assertThat(letter.key()).isEqualTo(bad.label().key());
        assertThat(letter.value()).isEqualTo(bad.label().value());
        assertThat(ImageHeaders.text(letter.headers(), "reason")).isEqualTo(bad.reason());
        assertThat(ImageHeaders.text(letter.headers(), "source-topic")).isEqualTo("weft.labels");
        assertThat(ImageHeaders.text(letter.headers(), "source-partition")).isEqualTo("0");
        assertThat(ImageHeaders.text(letter.headers(), "source-offset")).isEqualTo("0");
        assertThat(figure("prequentialImages")).isEqualTo(1);
    }
}
