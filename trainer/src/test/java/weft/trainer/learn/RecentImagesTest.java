package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weft.core.image.ImageValues;

class RecentImagesTest {
    private static final ImageValues IMAGE = ImageValues.of(Plans.GREY, new byte[784]);

    @Test
    void keepsTheLastOnesOldestFirst() {
        RecentImages ring = ring(7);

        assertThat(ring.size()).isEqualTo(4);
        assertThat(offsets(ring)).containsExactly(103, 104, 105, 106);
        assertThat(ring.partition(0)).isEqualTo(1);
        assertThat(ring.partition(1)).isZero();
    }

    @Test
    void clustersStayWithTheirImages() {
        RecentImages ring = ring(6);
        for (int i = 0; i < 4; i++) {
            ring.cluster(0, i, 10 + i);
            ring.cluster(1, i, 20 + i);
        }
        ring.add(0, 106, null);

        assertThat(offsets(ring)).containsExactly(103, 104, 105, 106);
        assertThat(ring.cluster(0, 0)).isEqualTo(11);
        assertThat(ring.cluster(1, 2)).isEqualTo(23);
    }

    @Test
    void whatWasMeasuredStaysWithItsImageUntilAllIsForgotten() {
        RecentImages ring = ring(6);
        for (int i = 0; i < 4; i++) {
            ring.strangeness(i, i / 2f);
        }
        ring.add(0, 106, null);

        assertThat(ring.strangeness(0)).isEqualTo(.5f);
        assertThat(ring.strangeness(2)).isEqualTo(1.5f);
        assertThat(ring.strangeness(3)).as("a new one").isNaN();
        ring.forgetStrangeness();
        assertThat(ring.strangeness(0)).isNaN();
    }

    @Test
    void restoresWhatItSaved() {
        RecentImages ring = ring(9);
        assertThat(ring.save().getStrangenessList()).as("nothing is measured").isEmpty();
        ring.strangeness(1, 2.5f);
        RecentImages restored = new RecentImages(Plans.GREY, 4, 2);
        restored.restore(ring.save(), (_, visitor) -> visitor.image(1, IMAGE));

        assertThat(restored.strangeness(0)).isNaN();
        assertThat(restored.strangeness(1)).isEqualTo(2.5f);
        assertThat(restored.save()).isEqualTo(ring.save());
        assertThat(offsets(restored)).isEqualTo(offsets(ring));
        assertThat(restored.image(0)).as("what the log no longer holds").isNull();
        assertThat(restored.image(1)).isEqualTo(IMAGE);
    }

    @Test
    void movesAllToAnother() {
        RecentImages from = ring(6);
        RecentImages to = ring(2);
        from.moveTo(to);

        assertThat(from.size()).isZero();
        assertThat(offsets(to)).containsExactly(102, 103, 104, 105);
        from.add(0, 200, null);
        assertThat(offsets(from)).containsExactly(200);
    }

    @Test
    void imagesAreCopiedAndOverwrittenInTheirTurn() {
        RecentImages ring = new RecentImages(Plans.GREY, 3, 0);
        for (int i = 0; i < 8; i++) {
            ring.add(0, i, i == 6 ? null : image(i));
        }

        assertThat(ring.image(0)).isEqualTo(image(5));
        assertThat(ring.holds(1)).as("gone from the log").isFalse();
        assertThat(ring.image(1)).isNull();
        assertThat(ring.same(0, 2)).isFalse();
        assertThat(ring.same(2, 2)).isTrue();
        float[] values = new float[785];
        ring.toFloats(2, values, 1);
        assertThat(values[0]).isZero();
        assertThat(values[1]).isEqualTo(7 * (1f / 255f));

        ring.keepNewest(1);
        assertThat(ring.image(0)).isEqualTo(image(7));
        ring.add(0, 8, null);
        assertThat(ring.holds(1)).as("the place of one that was let go").isFalse();
    }

    private static ImageValues image(int number) {
        byte[] raw = new byte[784];
        raw[0] = (byte) number;
        return ImageValues.of(Plans.GREY, raw);
    }

    /// Offsets 100, 101, … on partitions 0 and 1 in turn, in a ring of four.
    private static RecentImages ring(int added) {
        RecentImages ring = new RecentImages(Plans.GREY, 4, 2);
        for (int i = 0; i < added; i++) {
            ring.add(i % 2, 100 + i, null);
        }
        return ring;
    }

    private static long[] offsets(RecentImages ring) {
        return IntStream.range(0, ring.size()).mapToLong(ring::offset).toArray();
    }
}
