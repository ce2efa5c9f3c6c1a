package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.core.math.Matrix;

class ModelTest {
    private static final PipelineName RAW_3 = PipelineName.parse("raw-kmeans-3");
    private static final PipelineName RAW_2 = PipelineName.parse("raw-kmeans-2");
    private static final Encoder PIXELS = new IdentityEncoder(4);

    @Test
    void keepsTheUsersOrderAndACopy() {
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        clusterers.put(RAW_3, centroids(3, 4));
        clusterers.put(RAW_2, centroids(2, 4));
        Model model = new Model("raw", PIXELS, Optional.empty(), clusterers);

        clusterers.clear();

        assertThat(model.clusterers().keySet()).containsExactly(RAW_3, RAW_2);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> model.clusterers().clear());
    }

    @Test
    void refusesClusterersThatDoNotFit() {
        refused("model raw has no clusterer", "raw", Optional.empty(), Map.of());
        refused(
                "pipeline raw-kmeans-3 does not belong to model ae",
                "ae",
                Optional.empty(),
                Map.of(RAW_3, centroids(3, 4)));
        refused("pipeline raw-kmeans-3 has 2 clusters", "raw", Optional.empty(), Map.of(RAW_3, centroids(2, 4)));
        refused(
                "pipeline raw-kmeans-3 takes codes of 5 values, the encoder gives 4",
                "raw",
                Optional.empty(),
                Map.of(RAW_3, centroids(3, 5)));
    }

    @Test
    void refusesADecoderThatIsNoWayBack() {
        Network backToThree =
                new Network(List.of(new DenseLayer(Matrix.of(3, 4, new float[12]), new float[3], Activation.SIGMOID)));

        refused(
                "the decoder's 4 to 3 does not undo the encoder's 4 to 4",
                "raw",
                Optional.of(backToThree),
                Map.of(RAW_3, centroids(3, 4)));
    }

    private static void refused(
            String message, String name, Optional<Network> decoder, Map<PipelineName, Clusterer> clusterers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Model(name, PIXELS, decoder, clusterers))
                .withMessage(message);
    }

    private static Centroids centroids(int k, int codeSize) {
        return new Centroids(Matrix.of(k, codeSize, new float[k * codeSize]), false);
    }
}
