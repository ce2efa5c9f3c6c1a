package weft.producer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;

class DriftsTest {
    private static final Shape SHAPE = new Shape.Image(28, 28, 1);
    private static final ClassCounts THREE =
            new ClassCounts(List.of("hat", "boot", "bag"), Map.of("0", 1000, "1", 3000, "2", 4000));

    private static Drifts drifts(String... texts) {
        return drifts(THREE, texts);
    }

    private static Drifts drifts(ClassCounts counts, String... texts) {
        return Drifts.of(Arrays.stream(texts).map(Drift::parse).toList(), 1, SHAPE, counts);
    }

    private static String header(Drifts drifts, long image) {
        return drifts.at(image).header().orElse("");
    }

    @Test
    void untouchedImagesAreTheVerySame() {
        byte[] raw = new byte[784];
        Drifts drifts = drifts("rotate@100+100:25");
        assertThat(drifts.at(99).header()).isEmpty();
        assertThat(drifts.at(100).header()).isEmpty();
        assertThat(drifts.at(99).apply(SHAPE, raw, "x", 0)).isSameAs(raw);
        assertThat(drifts.leavesOut()).isFalse();
    }

    @Test
    void kindsComposeInTheOrderGivenAndTheHeaderSaysSo() {
        Drifts drifts = drifts("brightness@100:.6", "rotate@50+100:25", "invert@300");
        assertThat(header(drifts, 49)).isEmpty();
        assertThat(header(drifts, 80)).isEqualTo("rotate:7.5");
        assertThat(header(drifts, 100)).isEqualTo("brightness:0.6,rotate:12.5");
        assertThat(header(drifts, 300)).isEqualTo("brightness:0.6,rotate:25,invert:1");
        assertThat(header(drifts("rotate@0+3:1"), 1)).isEqualTo("rotate:0.333333");

        byte[] black = new byte[784];
        assertThat(drifts("brightness@0:.6", "invert@0").at(0).apply(SHAPE, black, "x", 0))
                .containsOnly(255);
        assertThat(drifts("invert@0", "brightness@0:.6").at(0).apply(SHAPE, black, "x", 0))
                .containsOnly(153);
    }

    @Test
    void aLaterOneOfTheSameKindReplacesTheEarlier() {
        Drifts drifts = drifts("brightness@200:1", "brightness@100:.5");
        assertThat(header(drifts, 100)).isEqualTo("brightness:0.5");
        assertThat(header(drifts, 199)).isEqualTo("brightness:0.5");
        assertThat(header(drifts, 200)).isEmpty();
    }

    @Test
    void withoutAndOnlyDropByTheClassAndRampUp() {
        Drifts without = drifts("without@100+200:boot");
        assertThat(kept(without, "1", 99)).isEqualTo(1);
        assertThat(kept(without, "1", 200)).isCloseTo(.5, within(.02));
        assertThat(kept(without, "1", 300)).isZero();
        assertThat(kept(without, "0", 300)).isEqualTo(1);
        Drifts only = drifts("only@100:1");
        assertThat(kept(only, "1", 100)).isEqualTo(1);
        assertThat(kept(only, "2", 99)).isEqualTo(1);
        assertThat(kept(only, "2", 100)).isZero();
    }

    @Test
    void aShareIsReachedByDroppingAsLittleAsCanBe() {
        Drifts fewer = drifts("share@0:2:.2");
        assertThat(kept(fewer, "0", 0)).isEqualTo(1);
        assertThat(kept(fewer, "1", 0)).isEqualTo(1);
        // 1,000 of 4,000 beside 4,000 others.
        assertThat(kept(fewer, "2", 0)).isCloseTo(.25, within(.02));
        Drifts more = drifts("share@0:0:.5");
        assertThat(kept(more, "0", 0)).isEqualTo(1);
        // 1,000 of 7,000 beside 1,000.
        assertThat(kept(more, "1", 0)).isCloseTo(1 / 7.0, within(.02));
        assertThat(kept(more, "2", 0)).isCloseTo(1 / 7.0, within(.02));
        Drifts two = drifts("share@0:0:.5", "share@0:1:.25");
        // 1,000, 500 and 500.
        assertThat(kept(two, "0", 0)).isEqualTo(1);
        assertThat(kept(two, "1", 0)).isCloseTo(1 / 6.0, within(.02));
        assertThat(kept(two, "2", 0)).isCloseTo(1 / 8.0, within(.02));
    }

    @Test
    void aNewClassComesWithItsShare() {
        Drifts drifts = drifts("without:2@0", "share:2:.1@1000");
        assertThat(kept(drifts, "2", 999)).isZero();
        assertThat(kept(drifts, "0", 1000)).isEqualTo(1);
        assertThat(kept(drifts, "2", 1000)).isCloseTo(4000 / 9.0 / 4000, within(.02));
    }

    @Test
    void classesReplaceEachOtherOneByOne() {
        Drifts two = drifts("without@10+100:0", "without@10:1");
        assertThat(kept(two, "0", 60)).as("its ramp goes on").isCloseTo(.5, within(.02));
        assertThat(kept(two, "1", 60)).isZero();
        assertThat(kept(two, "0", 110)).isZero();
        Drifts others = drifts("without@10:0", "only@20:1", "without@30:2");
        assertThat(kept(others, "1", 20)).isEqualTo(1);
        assertThat(kept(others, "2", 20)).isZero();
        assertThat(kept(others, "0", 30)).isEqualTo(1);
        assertThat(kept(others, "1", 30)).isEqualTo(1);
        assertThat(kept(others, "2", 30)).isZero();
    }

    /// The part of many images of one label that is kept.
    private static double kept(Drifts drifts, String label, long image) {
        return IntStream.range(0, 10_000)
                        .mapToObj(Integer::toString)
                        .filter(id -> drifts.keeps(id, 0, label, image))
                        .count()
                / 10_000.0;
    }

    @Test
    void whatCannotBeIsNamed() {
        refused("without@0:sock: unknown class 'sock': the classes are hat, boot, bag", "without@0:sock");
        refused("only@0:3: unknown class '3': the classes are hat, boot, bag", "only@0:3");
        refused(
                "share@0:1:0.7: the shares add up to 1.2, which leaves the others nothing",
                "share@0:0:.5",
                "share@0:1:.7");
        refused("without@2:2: leaves no image to send", "without@0:0", "without@1:1", "without@2:2");
        refused("share@2:2:0.1: leaves no image to send", "without@0:0", "without@1:1", "share@2:2:.1");
        assertThatThrownBy(() -> drifts(new ClassCounts(List.of(), Map.of("", 5)), "only@0:3"))
                .hasMessage("only@0:3: unknown class '3': the images have no labels");
        assertThatThrownBy(() -> drifts(new ClassCounts(List.of("a", "b"), Map.of("0", 5)), "share@0:b:.3"))
                .hasMessage("share@0:1:0.3: leaves no image to send");
        for (String kind : List.of("rotate", "shift", "blur")) {
            assertThatThrownBy(() -> Drifts.of(List.of(Drift.parse(kind + "@3:1")), 1, new Shape.Vector(64), THREE))
                    .hasMessage(kind + "@3:1: " + kind + " needs pixels, and the images are vectors of 64 values");
        }
    }

    private static void refused(String message, String... texts) {
        assertThatThrownBy(() -> drifts(texts)).hasMessage(message);
    }

    @Test
    void classesGoByNameIndexOrTheLabelItself() {
        assertThat(drifts("without@0:boot")).hasToString("without@0:1");
        assertThat(drifts("without@0:01")).hasToString("without@0:1");
        ClassCounts words = new ClassCounts(List.of(), Map.of("cat", 2, "dog", 3));
        assertThat(drifts(words, "only@0:dog")).hasToString("only@0:dog");
        assertThatThrownBy(() -> drifts(words, "only@0:0"))
                .hasMessage("only@0:0: unknown class '0': the classes are cat, dog");
    }
}
