package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PositionsTest {
    @Test
    void keepsTheLastOnesOldestFirst() {
        Positions ring = ring(7);

        assertThat(ring.size()).isEqualTo(4);
        assertThat(offsets(ring)).containsExactly(103, 104, 105, 106);
        assertThat(ring.partition(0)).isEqualTo(1);
        assertThat(ring.partition(1)).isZero();
    }

    @Test
    void labelsStayWithTheirImages() {
        Positions ring = ring(6);
        for (int i = 0; i < 4; i++) {
            ring.label(0, i, 10 + i);
            ring.label(1, i, 20 + i);
        }
        ring.add(0, 106);

        assertThat(offsets(ring)).containsExactly(103, 104, 105, 106);
        assertThat(ring.label(0, 0)).isEqualTo(11);
        assertThat(ring.label(1, 2)).isEqualTo(23);
    }

    @Test
    void restoresWhatItSaved() {
        Positions ring = ring(9);
        Positions restored = new Positions(4, 2);
        restored.restore(ring.save());

        assertThat(restored.save()).isEqualTo(ring.save());
        assertThat(offsets(restored)).isEqualTo(offsets(ring));
    }

    @Test
    void movesAllToAnother() {
        Positions from = ring(6);
        Positions to = ring(2);
        from.moveTo(to);

        assertThat(from.size()).isZero();
        assertThat(offsets(to)).containsExactly(102, 103, 104, 105);
        from.add(0, 200);
        assertThat(offsets(from)).containsExactly(200);
    }

    /// Offsets 100, 101, … on partitions 0 and 1 in turn, in a ring of four.
    private static Positions ring(int added) {
        Positions ring = new Positions(4, 2);
        for (int i = 0; i < added; i++) {
            ring.add(i % 2, 100 + i);
        }
        return ring;
    }

    private static long[] offsets(Positions ring) {
        return IntStream.range(0, ring.size()).mapToLong(ring::offset).toArray();
    }
}
