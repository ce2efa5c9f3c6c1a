package weft.trainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterIdsTest {
    @Test
    void undoesAPermutation() {
        int[] permutation = {3, 0, 4, 1, 2};
        int[] before = new Random(1).ints(500, 0, 5).toArray();
        int[] after = Arrays.stream(before).map(c -> permutation[c]).toArray();

        int[] ids = ClusterIds.match(before, after, 5);

        assertThat(Arrays.stream(after).map(c -> ids[c])).containsExactly(box(before));
    }

    @Test
    void sharesTheMostImagesOneToOne() {
        // New 0 shares 3 with old 0; new 1 shares 2 with old 0 and 1 with old 1; new 2 has only new images.
        int[] before = {0, 0, 0, 0, 0, 1, -1, -1};
        int[] after = {0, 0, 0, 1, 1, 1, 2, 2};

        assertThat(ClusterIds.match(before, after, 3)).containsExactly(0, 1, 2);
    }

    @Test
    void isAPermutationWhereNothingIsKnown() {
        assertThat(ClusterIds.match(new int[] {-1, -1, -1}, new int[] {2, 0, 1}, 3))
                .containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void movesRowsToTheirIds() {
        float[] values = {1, 2, 3, 4, 5, 6};

        assertThat(ClusterIds.reorder(values, 2, new int[] {2, 0, 1})).containsExactly(3, 4, 5, 6, 1, 2);
        assertThat(values).containsExactly(1, 2, 3, 4, 5, 6);
    }

    private static Integer[] box(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }
}
