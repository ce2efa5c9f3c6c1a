package weft.kafka.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.InvalidProtocolBufferException;
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
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.Assignment;
import weft.core.model.Clusterer;
import weft.core.model.CommitteeEncoder;
import weft.core.model.ConvolutionLayer;
import weft.core.model.DenseLayer;
import weft.core.model.ImageNetwork;
import weft.core.model.MeanVote;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.Network;
import weft.core.model.Objective;
import weft.core.model.PipelineName;
import weft.kafka.wire.proto.CommitteeMessage;

class ImsatFamilyTest {
    private static final Shape.Image SHAPE = new Shape.Image(5, 4, 1);
    private static final ImsatFamily FAMILY = new ImsatFamily();
    private static final ModelName NAME = ModelName.parse("imsat@wide");
    private static final PipelineName PIPELINE = PipelineName.parse("imsat-3@wide");

    @Test
    void aModelComesBackAsItWas() {
        Model model = model();
        Model read = FAMILY.decode(NAME, SHAPE, FAMILY.encode(model));
        assertThat(read).isEqualTo(model);
        assertThat(FAMILY.encode(read)).isEqualTo(FAMILY.encode(model));
    }

    @Test
    void itsPipelinesHaveNoWordForTheClusterer() {
        assertThat(FAMILY.forms()).containsExactly("imsat-K");
        FAMILY.check(PipelineName.parse("imsat-64"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILY.check(PipelineName.parse("imsat-65")))
                .withMessage("pipeline 'imsat-65': family imsat has at most 64 clusters, not 65");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILY.check(PipelineName.parse("imsat-kmeans-10")))
                .withMessage("unknown pipeline 'imsat-kmeans-10': family imsat offers imsat-K");
    }

    @Test
    void theVoteIsTheMeanOfWhatTheNetworksSay() {
        Clusterer vote = new MeanVote(2, 3);
        Assignment assignment = vote.pass().assign(new float[] {
            (float) Math.sqrt(.5), (float) Math.sqrt(.3), (float) Math.sqrt(.2),
            (float) Math.sqrt(.1), (float) Math.sqrt(.5), (float) Math.sqrt(.4)
        });
        assertThat(assignment.cluster()).isEqualTo(1);
        assertThat(assignment.score()).isCloseTo(.4, within(1e-6));
        assertThat(assignment.margin()).isCloseTo(.1, within(1e-6));
        assertThat(vote.objective().score()).isEqualTo(Objective.Score.PROBABILITY);
        assertThat(vote.centre(0)).isEmpty();
        assertThat(vote.figures(4, 3)).containsEntry("confidence", .75);
    }

    @Test
    void codesAreRootsOfProbabilities() {
        float[] code = model().encoder()
                .pass()
                .encode(new float[] {0, 1, 0, 1, .5f, 0, 1, 0, 1, .5f, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1}, 0);
        assertThat(code).hasSize(6);
        for (int network = 0; network < 2; network++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += (double) code[network * 3 + c] * code[network * 3 + c];
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    record Spoilt(String message, Consumer<CommitteeMessage.Builder> spoil) {
        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Spoilt> spoilt() {
        return Stream.of(
                new Spoilt("a committee needs a network", CommitteeMessage.Builder::clearNetworks),
                new Spoilt(
                        "a network of convolutions needs one",
                        it -> it.getNetworksBuilder(0).clearConvolutions()),
                new Spoilt(
                        "a kernel must be odd and 1 to 31 wide, not 4",
                        it -> it.getNetworksBuilder(1).getConvolutionsBuilder(0).setKernel(4)),
                new Spoilt(
                        "a kernel must be odd and 1 to 31 wide, not -3",
                        it -> it.getNetworksBuilder(1).getConvolutionsBuilder(0).setKernel(-3)),
                new Spoilt(
                        "a convolution 3 x 3 of 2 channels does not have 9 taps",
                        it -> it.getNetworksBuilder(0).getConvolutionsBuilder(0).setChannels(2)),
                new Spoilt(
                        "a convolution of 2 outputs does not have 3 biases",
                        it -> it.getNetworksBuilder(0).getConvolutionsBuilder(0).addBias(1)),
                new Spoilt(
                        "convolution 1 takes 1 channels, but what comes before it has 2",
                        it -> it.getNetworksBuilder(0)
                                .addConvolutions(it.getNetworks(0).getConvolutions(0))),
                new Spoilt(
                        "matrix value 4 is NaN",
                        it -> it.getNetworksBuilder(0)
                                .getConvolutionsBuilder(0)
                                .getWeightsBuilder()
                                .setValues(4, Float.NaN)),
                new Spoilt(
                        "a network needs a layer",
                        it -> it.getNetworksBuilder(0).getDenseBuilder().clearLayers()),
                new Spoilt("pipeline imsat-4@wide has 3 clusters", it -> it.setPipeline("imsat-4@wide")),
                new Spoilt("pipeline imsat-3 does not belong to model imsat@wide", it -> it.setPipeline("imsat-3")),
                new Spoilt(
                        "unknown pipeline 'imsat-gmm-3@wide': family imsat offers imsat-K",
                        it -> it.setPipeline("imsat-gmm-3@wide")));
    }

    @ParameterizedTest
    @MethodSource
    void spoilt(Spoilt one) throws InvalidProtocolBufferException {
        CommitteeMessage.Builder message = CommitteeMessage.parseFrom(FAMILY.encode(model())).toBuilder();
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
                .isThrownBy(() -> FAMILY.decode(NAME, new Shape.Image(5, 6, 1), payload))
                .withMessage("the dense layers take 12 values, but the convolutions give 3 x 3 x 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILY.decode(NAME, new Shape.Vector(20), payload))
                .withMessage("family imsat has no models for vectors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILY.decode(NAME, SHAPE, new byte[] {7, 7, 7}))
                .withMessage("not a payload of family imsat");
    }

    private static Model model() {
        Random random = new Random(1);
        return new Model(
                NAME,
                SHAPE,
                new CommitteeEncoder(List.of(network(random), network(random))),
                Optional.empty(),
                Map.of(PIPELINE, new MeanVote(2, 3)));
    }

    private static ImageNetwork network(Random random) {
        return new ImageNetwork(
                SHAPE,
                List.of(new ConvolutionLayer(3, 1, matrix(9, 2, random), Vector.of(.1, -.1))),
                new Network(List.of(
                        new DenseLayer(matrix(4, 12, random), new float[] {0, 1, 0, 1}, Activation.RELU),
                        new DenseLayer(matrix(3, 4, random), new float[3], Activation.IDENTITY))));
    }

    private static Matrix matrix(int rows, int columns, Random random) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - .5f;
        }
        return Matrix.of(rows, columns, values);
    }
}
