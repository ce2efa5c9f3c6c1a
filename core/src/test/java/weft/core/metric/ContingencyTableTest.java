package weft.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ContingencyTableTest {
    private static final ContingencyTable TABLE = ContingencyTable.of(new long[][] {{3, 1, 0}, {2, 2, 5}});

    @Test
    void addsUpRowsAndColumns() {
        assertThat(TABLE.clusters()).isEqualTo(2);
        assertThat(TABLE.classes()).isEqualTo(3);
        assertThat(TABLE.count(1, 2)).isEqualTo(5);
        // 3+1+0 and 2+2+5; 3+2, 1+2 and 0+5.
        assertThat(new long[] {TABLE.clusterSize(0), TABLE.clusterSize(1)}).containsExactly(4, 9);
        assertThat(new long[] {TABLE.classSize(0), TABLE.classSize(1), TABLE.classSize(2)})
                .containsExactly(5, 3, 5);
        assertThat(TABLE.total()).isEqualTo(13);
    }

    @Test
    void majorityIsTheLowestOfATieAndNothingOfAnEmptyCluster() {
        assertThat(ContingencyTable.of(new long[][] {{0, 4, 4}, {0, 0, 0}, {9, 1, 0}})
                        .majority())
                .containsExactly(1, -1, 0);
    }

    @Test
    void sumsCellByCell() {
        ContingencyTable other = ContingencyTable.of(new long[][] {{1, 1, 1}, {0, 0, 7}});

        ContingencyTable sum = TABLE.plus(other);

        assertThat(sum).isEqualTo(ContingencyTable.of(new long[][] {{4, 2, 1}, {2, 2, 12}}));
        assertThat(TABLE.plus(ContingencyTable.empty(2, 3))).isEqualTo(TABLE);
    }

    @Test
    void refusesCountsBelowZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContingencyTable.of(new long[][] {{1, -2}}))
                .withMessage("a count must be at least 0, not -2");
    }

    @Test
    void refusesShapesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TABLE.plus(ContingencyTable.empty(3, 2)))
                .withMessage("tables of 2 x 3 and of 3 x 2 do not combine");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContingencyTable.of(new long[][] {{1, 2}, {3}}))
                .withMessage("rows of 2 and of 1 classes");
    }

    @Test
    void isACopyOfItsRows() {
        long[][] rows = {{1, 2}, {3, 4}};
        ContingencyTable table = ContingencyTable.of(rows);

        rows[0][0] = 99;

        assertThat(table.count(0, 0)).isEqualTo(1);
    }

    @Test
    void differsByShapeAlone() {
        assertThat(ContingencyTable.empty(2, 3)).isNotEqualTo(ContingencyTable.empty(3, 2));
        assertThat(TABLE).hasToString("ContingencyTable[2 x 3, 13 images]");
    }
}
