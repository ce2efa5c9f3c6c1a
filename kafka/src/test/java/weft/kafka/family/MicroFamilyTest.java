package weft.kafka.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.PatchWords;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.Assignment;
import weft.core.model.Clusterer;
import weft.core.model.DenseLayer;
import weft.core.model.FeatureEncoder;
import weft.core.model.MicroClusters;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.Network;
import weft.core.model.Objective;
import weft.core.model.PatchDictionary;
import weft.core.model.PipelineName;
import weft.kafka.wire.proto.ActivationMessage;
import weft.kafka.wire.proto.LayerMessage;
import weft.kafka.wire.proto.MicroMessage;

class MicroFamilyTest {
    private static final Shape.Image SHAPE = new Shape.Image(9, 8, 3);
    private static final MicroFamily FAMILY = new MicroFamily();
    private static final ModelName NAME = ModelName.parse("micro@wide");
    private static final PipelineName PIPELINE = PipelineName.parse("micro-3@wide");

    @Test
    void aModelComesBackAsItWas() {
        Model model = model();
        Model read = FAMILY.decode(NAME, SHAPE, FAMILY.encode(model));
        assertThat(read).isEqualTo(model);
        assertThat(FAMILY.encode(read)).isEqualTo(FAMILY.encode(model));
        float[] image = new float[SHAPE.values()];
        for (int i = 0; i < image.length; i++) {
            image[i] = i % 7 / 7f;
        }
        assertThat(read.encoder().pass().encode(image, 0))
                .hasSize(4)
                .isEqualTo(model.encoder().pass().encode(image, 0));
    }

    @Test
    void theNearestMicroClusterDecides() {
        Clusterer clusterer =
                new MicroClusters(Matrix.of(4, 2, new float[] {0, 0, 0, 2, 6, 8, 0, 5}), List.of(2, 2, 0, 1), 3);
        Clusterer.Pass pass = clusterer.pass();
        Assignment assignment = pass.assign(new float[] {0, 1.5f});
        assertThat(assignment.cluster()).isEqualTo(2);
        assertThat(assignment.score()).isCloseTo(.5, within(1e-6));
        // The next of another cluster is the last, 3.5 away.
        assertThat(assignment.margin()).isCloseTo(3, within(1e-6));
        assertThat(pass.objective()).isCloseTo(.25, within(1e-6));
        assertThat(clusterer.objective().score()).isEqualTo(Objective.Score.DISTANCE);
        assertThat(clusterer.centre(0)).isEmpty();
        assertThat(clusterer.figures(4, 3)).containsEntry("inertia", 3.);
    }

    @Test
    void whereAllIsOneClusterThereIsNoMargin() {
        Clusterer clusterer = new MicroClusters(Matrix.of(2, 1, new float[] {0, 4}), List.of(1, 1), 2);
        assertThat(clusterer.pass().assign(new float[] {1})).isEqualTo(new Assignment(1, 1, 0));
    }

    record Spoilt(String message, Consumer<MicroMessage.Builder> spoil) {
        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Spoilt> spoilt() {
        return Stream.of(
                new Spoilt("a matrix needs rows and columns, not 0 x 0", MicroMessage.Builder::clearEncoder),
                new Spoilt("model micro@wide has no clusterer", MicroMessage.Builder::clearPipelines),
                new Spoilt(
                        "4 micro-clusters do not have 5 clusters",
                        it -> it.getPipelinesBuilder(0).addClusters(0)),
                new Spoilt(
                        "a micro-cluster is in cluster 3 of 3",
                        it -> it.getPipelinesBuilder(0).setClusters(1, 3)),
                new Spoilt(
                        "a micro-cluster is in cluster -1 of 3",
                        it -> it.getPipelinesBuilder(0).setClusters(1, -1)),
                new Spoilt("pipeline micro-3@wide appears twice", it -> it.addPipelines(it.getPipelines(0))),
                new Spoilt(
                        "pipeline micro-3 does not belong to model micro@wide",
                        it -> it.getPipelinesBuilder(0).setName("micro-3")),
                new Spoilt(
                        "unknown pipeline 'micro-gmm-3@wide': family micro offers micro-K",
                        it -> it.getPipelinesBuilder(0).setName("micro-gmm-3@wide")),
                new Spoilt(
                        "patches of 36 values are not whitened by Matrix[1 x 36]",
                        it -> it.getEncoderBuilder()
                                .getWhiteningBuilder()
                                .setRows(1)
                                .clearValues()
                                .addAllValues(ones(36))),
                new Spoilt(
                        "a mean patch has 36 values, not 37",
                        it -> it.getEncoderBuilder().addMean(1)),
                new Spoilt(
                        "a dictionary has words of 36 values, not Matrix[1 x 36]",
                        it -> it.getEncoderBuilder()
                                .getWordsBuilder()
                                .setRows(1)
                                .clearValues()
                                .addAllValues(ones(36))),
                new Spoilt(
                        "matrix value 5 is NaN",
                        it -> it.getEncoderBuilder().getWordsBuilder().setValues(5, Float.NaN)),
                new Spoilt(
                        "the projection of patches takes 8 values, but there are 12",
                        it -> it.getEncoderBuilder()
                                .getWordsBuilder()
                                .setRows(3)
                                .addAllValues(ones(36))),
                new Spoilt(
                        "the projection of gradients has an activation",
                        it -> it.getEncoderBuilder()
                                .getGradientsBuilder()
                                .getLayersBuilder(0)
                                .setActivation(ActivationMessage.ACTIVATION_RELU)),
                new Spoilt(
                        "a projection is one layer, not 2",
                        it -> it.getEncoderBuilder()
                                .getPatchesBuilder()
                                .addLayersBuilder()
                                .mergeFrom(NETWORK)));
    }

    private static final LayerMessage NETWORK = LayeredCodec.network(new Network(List.of(layer(2, 2, new Random(5)))))
            .getLayers(0);

    private static List<Float> ones(int count) {
        return Collections.nCopies(count, 1f);
    }

    @ParameterizedTest
    @MethodSource
    void spoilt(Spoilt one) throws InvalidProtocolBufferException {
        MicroMessage.Builder message = MicroMessage.parseFrom(FAMILY.encode(model())).toBuilder();
        one.spoil().accept(message);
        byte[] payload = message.build().toByteArray();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILY.decode(NAME, SHAPE, payload))
                .withMessage(one.message());
    }

    @Test
    void aModelOfOtherImagesIsRefused() {
        byte[] payload = FAMILY.encode(model());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILY.decode(NAME, new Shape.Image(28, 28, 1), payload))
                .withMessage("the projection of gradients takes 64 values, but there are 1152");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILY.decode(NAME, new Shape.Image(5, 5, 1), payload))
                .withMessage("images must be at least 8x8 pixels, not 5x5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILY.decode(NAME, new Shape.Vector(216), payload))
                .withMessage("family micro has no models for vectors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILY.decode(NAME, SHAPE, new byte[] {7, 7, 7}))
                .withMessage("not a payload of family micro");
    }

    private static Model model() {
        Random random = new Random(1);
        int values = PatchWords.VALUES;
        FeatureEncoder encoder = new FeatureEncoder(
                SHAPE,
                new PatchDictionary(
                        matrix(values, values, random), Vector.of(new double[values]), matrix(2, values, random)),
                layer(2, 64, random),
                layer(2, PatchWords.size(9, 8, 2), random));
        return new Model(
                NAME,
                SHAPE,
                encoder,
                Optional.empty(),
                Map.of(PIPELINE, new MicroClusters(matrix(4, 4, random), List.of(0, 1, 2, 1), 3)));
    }

    private static DenseLayer layer(int outputs, int inputs, Random random) {
        return new DenseLayer(matrix(outputs, inputs, random), new float[outputs], Activation.IDENTITY);
    }

    private static Matrix matrix(int rows, int columns, Random random) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - .5f;
        }
        return Matrix.of(rows, columns, values);
    }
}
