package weft.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void countsInAndOut() {
        Tally tally = new Tally(2, 3);
        tally.add(0, 2);
        tally.add(0, 2);
        tally.add(1, 0, 40);
        tally.remove(0, 2);

        assertThat(tally.count(0, 2)).isEqualTo(1);
        assertThat(tally.table()).isEqualTo(ContingencyTable.of(new long[][] {{0, 0, 1}, {40, 0, 0}}));
    }

    @Test
    void tableStaysAsItWas() {
        Tally tally = new Tally(1, 1);
        ContingencyTable before = tally.table();

        tally.add(0, 0);

        assertThat(before.total()).isZero();
        assertThat(tally.table().total()).isEqualTo(1);
    }
}
