package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;

class ProvenanceTest {
    @Test
    void coversWhatIsBelowTheOffsetOfItsPartition() {
        Provenance provenance = of(100, Map.of(0, 60L, 2, 40L), Map.of());

        assertThat(provenance.covers(0, 0)).isTrue();
        assertThat(provenance.covers(0, 59)).isTrue();
        assertThat(provenance.covers(0, 60)).isFalse();
        assertThat(provenance.covers(2, 39)).isTrue();
        assertThat(provenance.covers(2, 40)).isFalse();
        assertThat(provenance.covers(1, 0)).isFalse();
    }

    @Test
    void isACopyInSortedOrder() {
        Map<Integer, Long> through = new HashMap<>(Map.of(70_000, 1L, 3, 2L, 1, 3L));
        Provenance provenance = of(6, through, Map.of("validation.bce", 0.3, "train.bce", 0.25));

        through.clear();

        assertThat(provenance.trainedThrough().keySet()).containsExactly(1, 3, 70_000);
        assertThat(provenance.losses().keySet()).containsExactly("train.bce", "validation.bce");
    }

    @Test
    void imagesSeenAreTheVersion() {
        Model model = new Model(
                ModelName.main("raw"),
                new Shape.Vector(1),
                new IdentityEncoder(1),
                Optional.empty(),
                Map.of(PipelineName.parse("raw-kmeans-2"), new Centroids(Matrix.of(2, 1, new float[2]), false)));

        assertThat(new Snapshot(model, of(60_000, Map.of(), Map.of())).version())
                .isEqualTo(60_000);
    }

    @Test
    void refusesImpossibleFigures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(-1, Map.of(), Map.of()))
                .withMessage("imagesSeen must be at least 0, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(0, Map.of(), Map.of("train.bce", Double.NaN)))
                .withMessage("loss train.bce is NaN");
    }

    private static Provenance of(long imagesSeen, Map<Integer, Long> trainedThrough, Map<String, Double> losses) {
        return new Provenance(imagesSeen, trainedThrough, 42, Map.of(), losses, "test");
    }
}
