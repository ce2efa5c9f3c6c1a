package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;

class ModelTest {
    private static final PipelineName RAW_3 = PipelineName.parse("raw-kmeans-3");
    private static final PipelineName RAW_2 = PipelineName.parse("raw-kmeans-2");
    private static final Encoder PIXELS = new IdentityEncoder(4);
    private static final Shape IMAGE = new Shape.Image(2, 2, 1);

    @Test
    void keepsTheUsersOrderAndACopy() {
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        clusterers.put(RAW_3, centroids(3, 4));
        clusterers.put(RAW_2, centroids(2, 4));
        Model model = new Model(ModelName.main("raw"), IMAGE, PIXELS, Optional.empty(), clusterers);

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
    void refusesAShapeThatTheEncoderDoesNotTake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Model(
                        ModelName.main("raw"),
                        new Shape.Vector(5),
                        PIXELS,
                        Optional.empty(),
                        Map.of(RAW_3, centroids(3, 4))))
                .withMessage("the encoder takes 4 values, an image has 5");
    }

    @Test
    void whatIsScaledComesBackOnTheScaleOfTheImages() {
        Network identity = new Network(List.of(
                new DenseLayer(Matrix.of(2, 2, new float[] {1, 0, 0, 1}), new float[2], Activation.IDENTITY)));
        Scaling scaling = new Scaling(Vector.of(100, -1), Vector.of(10, .5));
        PipelineName pipeline = PipelineName.parse("ae-kmeans-2");
        Model model = new Model(
                ModelName.main("ae"),
                new Shape.Vector(2),
                new NetworkEncoder(identity, scaling),
                Optional.of(identity),
                Map.of(pipeline, new Centroids(Matrix.of(2, 2, new float[] {1, -2, 0, 0}), false)));

        assertThat(model.encoder().pass().encode(new float[] {110, -2}, 0)).containsExactly(1, -2);
        assertThat(model.reconstruction(new float[] {110, -2}).orElseThrow()).containsExactly(110, -2);
        assertThat(model.picture(pipeline, 0).orElseThrow()).containsExactly(110, -2);
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
                .isThrownBy(() -> new Model(ModelName.main(name), IMAGE, PIXELS, decoder, clusterers))
                .withMessage(message);
    }

    private static Centroids centroids(int k, int codeSize) {
        return new Centroids(Matrix.of(k, codeSize, new float[k * codeSize]), false);
    }
}
