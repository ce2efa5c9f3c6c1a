package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import weft.core.math.Matrix;

class CentroidsTest {
    /// The corners (0, 0), (3, 4) and (10, 0).
    private static final Matrix CORNERS = Matrix.of(3, 2, new float[] {0, 0, 3, 4, 10, 0});

    @Test
    void choosesTheNearestByEuclideanDistance() {
        Clusterer.Pass pass = new Centroids(CORNERS, false).pass();

        // (3, 3): 1 from the second corner, sqrt 18 from the first, sqrt 58 from the third.
        Assignment assignment = pass.assign(new float[] {3, 3});

        assertThat(assignment.cluster()).isEqualTo(1);
        assertThat(assignment.score()).isEqualTo(1);
        assertThat(assignment.margin()).isCloseTo(Math.sqrt(18) - 1, within(1e-12));
        assertThat(pass.objective()).isEqualTo(1);

        // (10, 2): 2 from the third, so 4 for the inertia; sqrt(49 + 4) from the second.
        assignment = pass.assign(new float[] {10, 2});

        assertThat(assignment.cluster()).isEqualTo(2);
        assertThat(assignment.margin()).isCloseTo(Math.sqrt(53) - 2, within(1e-12));
        assertThat(pass.objective()).isEqualTo(4);
    }

    @Test
    void aTieGoesToTheLowestWithoutMargin() {
        // (1.5, 2) is half way between the first and the second corner, 2.5 from each.
        Assignment assignment = new Centroids(CORNERS, false).pass().assign(new float[] {1.5f, 2});

        assertThat(assignment).isEqualTo(new Assignment(0, 2.5, 0));
    }

    @Test
    void scalesCodesToLengthOneWhereItIsNormalised() {
        Centroids axes = new Centroids(Matrix.of(2, 2, new float[] {1, 0, 0, 1}), true);
        float[] code = {30, 40};

        // (30, 40) is (0.6, 0.8) at length 1: squared distances .16 + .64 = .8 and .36 + .04 = .4.
        Assignment assignment = axes.pass().assign(code);

        assertThat(assignment.cluster()).isEqualTo(1);
        assertThat(assignment.score()).isCloseTo(Math.sqrt(0.4), within(1e-6));
        assertThat(assignment.margin()).isCloseTo(Math.sqrt(0.8) - Math.sqrt(0.4), within(1e-6));
        assertThat(code).containsExactly(30, 40);
    }

    @Test
    void aZeroCodeHasAnAssignmentToo() {
        Centroids axes = new Centroids(Matrix.of(2, 2, new float[] {1, 0, 0, 1}), true);

        assertThat(axes.pass().assign(new float[2])).isEqualTo(new Assignment(0, 1, 0));
    }

    @Test
    void readsNoMoreThanItsCodeSize() {
        assertThat(new Centroids(CORNERS, false).pass().assign(new float[] {10, 0, Float.NaN}))
                .isEqualTo(new Assignment(2, 0, Math.sqrt(65)));
    }

    @Test
    void refusesOneCluster() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Centroids(Matrix.of(1, 2, new float[2]), false))
                .withMessage("k must be at least 2, not 1");
    }
}
