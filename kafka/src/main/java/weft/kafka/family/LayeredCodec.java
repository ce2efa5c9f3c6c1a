package weft.kafka.family;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.model.Activation;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.DenseLayer;
import weft.core.model.Encoder;
import weft.core.model.GaussianMixture;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelFamily;
import weft.core.model.ModelName;
import weft.core.model.Network;
import weft.core.model.NetworkEncoder;
import weft.core.model.PipelineName;
import weft.core.model.Scaling;
import weft.kafka.wire.MatrixCodec;
import weft.kafka.wire.proto.ActivationMessage;
import weft.kafka.wire.proto.CentroidsMessage;
import weft.kafka.wire.proto.ComponentMessage;
import weft.kafka.wire.proto.EncoderMessage;
import weft.kafka.wire.proto.IdentityMessage;
import weft.kafka.wire.proto.LayerMessage;
import weft.kafka.wire.proto.LayeredMessage;
import weft.kafka.wire.proto.MixtureMessage;
import weft.kafka.wire.proto.NetworkMessage;
import weft.kafka.wire.proto.PipelineMessage;
import weft.kafka.wire.proto.ScalingMessage;

/// Models of layers, or of none, with centroids and mixtures: as bytes, and back.
///
/// Any family that has no more than these parts may use it.
public final class LayeredCodec {
    private LayeredCodec() {}

    /// The payload of a snapshot.
    public static byte[] encode(Model model) {
        LayeredMessage.Builder message = LayeredMessage.newBuilder().setEncoder(encoder(model.encoder()));
        model.decoder().ifPresent(decoder -> message.setDecoder(network(decoder)));
        model.clusterers().forEach((name, clusterer) -> message.addPipelines(pipeline(name, clusterer)));
        return message.build().toByteArray();
    }

    /// The model of a payload, its pipelines checked by their family.
    ///
    /// @throws IllegalArgumentException where it is malformed, sizes do not fit or numbers are not finite
    public static Model decode(ModelFamily family, ModelName name, Shape shape, byte[] payload) {
        LayeredMessage message;
        try {
            message = LayeredMessage.parseFrom(payload);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("not a payload of family " + family.name(), fault);
        }
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        for (PipelineMessage one : message.getPipelinesList()) {
            PipelineName pipeline = PipelineName.parse(one.getName());
            if (pipeline.owner().equals(name)) {
                family.check(pipeline);
            }
            if (clusterers.put(pipeline, clusterer(one)) != null) {
                throw new IllegalArgumentException("pipeline " + pipeline + " appears twice");
            }
        }
        return new Model(
                name,
                shape,
                encoder(message.getEncoder()),
                message.hasDecoder() ? Optional.of(network(message.getDecoder())) : Optional.empty(),
                clusterers);
    }

    private static EncoderMessage encoder(Encoder encoder) {
        return switch (encoder) {
            case IdentityEncoder identity ->
                EncoderMessage.newBuilder()
                        .setIdentity(IdentityMessage.newBuilder().setInputs(identity.inputs()))
                        .build();
            case NetworkEncoder network -> {
                EncoderMessage.Builder message = EncoderMessage.newBuilder().setNetwork(network(network.network()));
                if (!network.scaling().isNone()) {
                    message.setScaling(scaling(network.scaling()));
                }
                yield message.build();
            }
            default -> throw new IllegalArgumentException("no layers: " + encoder);
        };
    }

    private static Encoder encoder(EncoderMessage message) {
        return switch (message.getKindCase()) {
            case IDENTITY -> new IdentityEncoder(message.getIdentity().getInputs());
            case NETWORK ->
                new NetworkEncoder(
                        network(message.getNetwork()),
                        new Scaling(
                                MatrixCodec.vector(message.getScaling().getMeansList()),
                                MatrixCodec.vector(message.getScaling().getDeviationsList())));
            case KIND_NOT_SET -> throw new IllegalArgumentException("the snapshot has no encoder");
        };
    }

    private static ScalingMessage scaling(Scaling scaling) {
        ScalingMessage.Builder message = ScalingMessage.newBuilder();
        for (int i = 0; i < scaling.size(); i++) {
            message.addMeans(scaling.means().get(i))
                    .addDeviations(scaling.deviations().get(i));
        }
        return message.build();
    }

    static NetworkMessage network(Network network) {
        NetworkMessage.Builder message = NetworkMessage.newBuilder();
        for (DenseLayer layer : network.layers()) {
            LayerMessage.Builder one = message.addLayersBuilder()
                    .setWeights(MatrixCodec.matrix(layer.weights()))
                    .setActivation(
                            switch (layer.activation()) {
                                case IDENTITY -> ActivationMessage.ACTIVATION_IDENTITY;
                                case RELU -> ActivationMessage.ACTIVATION_RELU;
                                case SIGMOID -> ActivationMessage.ACTIVATION_SIGMOID;
                            });
            for (float bias : layer.bias()) {
                one.addBias(bias);
            }
        }
        return message.build();
    }

    static Network network(NetworkMessage message) {
        List<DenseLayer> layers = new ArrayList<>();
        for (LayerMessage layer : message.getLayersList()) {
            layers.add(new DenseLayer(
                    MatrixCodec.matrix(layer.getWeights()),
                    MatrixCodec.floats(layer.getBiasList()),
                    switch (layer.getActivation()) {
                        case ACTIVATION_IDENTITY -> Activation.IDENTITY;
                        case ACTIVATION_RELU -> Activation.RELU;
                        case ACTIVATION_SIGMOID -> Activation.SIGMOID;
                        case ACTIVATION_UNSPECIFIED, UNRECOGNIZED ->
                            throw new IllegalArgumentException("unknown activation " + layer.getActivationValue());
                    }));
        }
        return new Network(layers);
    }

    private static PipelineMessage pipeline(PipelineName name, Clusterer clusterer) {
        PipelineMessage.Builder message = PipelineMessage.newBuilder().setName(name.toString());
        switch (clusterer) {
            case Centroids centroids ->
                message.setCentroids(CentroidsMessage.newBuilder()
                        .setCentroids(MatrixCodec.matrix(centroids.centroids()))
                        .setNormalised(centroids.normalised()));
            case GaussianMixture mixture -> {
                MixtureMessage.Builder components = message.getMixtureBuilder();
                for (GaussianMixture.Component component : mixture.components()) {
                    ComponentMessage.Builder one =
                            components.addComponentsBuilder().setWeight(component.weight());
                    for (double value : component.mean().toArray()) {
                        one.addMean(value);
                    }
                    for (double value : component.covariance().toArray()) {
                        one.addCovariance(value);
                    }
                }
            }
            default -> throw new IllegalArgumentException("neither centroids nor a mixture: " + clusterer);
        }
        return message.build();
    }

    private static Clusterer clusterer(PipelineMessage message) {
        return switch (message.getClustererCase()) {
            case CENTROIDS ->
                new Centroids(
                        MatrixCodec.matrix(message.getCentroids().getCentroids()),
                        message.getCentroids().getNormalised());
            case MIXTURE ->
                new GaussianMixture(message.getMixture().getComponentsList().stream()
                        .map(one -> new GaussianMixture.Component(
                                one.getWeight(),
                                MatrixCodec.vector(one.getMeanList()),
                                MatrixCodec.vector(one.getCovarianceList())))
                        .toList());
            case CLUSTERER_NOT_SET ->
                throw new IllegalArgumentException("pipeline " + message.getName() + " has no clusterer");
        };
    }
}
