package weft.core.wire;

import java.util.ArrayList;
import java.util.List;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.DenseLayer;
import weft.core.model.GaussianMixture;
import weft.core.model.Network;
import weft.core.model.PipelineName;
import weft.core.wire.proto.ActivationMessage;
import weft.core.wire.proto.CentroidsMessage;
import weft.core.wire.proto.ComponentMessage;
import weft.core.wire.proto.LayerMessage;
import weft.core.wire.proto.MatrixMessage;
import weft.core.wire.proto.MixtureMessage;
import weft.core.wire.proto.NetworkMessage;
import weft.core.wire.proto.PipelineMessage;

/// The parts of a model as Protobuf messages, and back.
final class ModelMessages {
    private ModelMessages() {}

    static NetworkMessage network(Network network) {
        NetworkMessage.Builder message = NetworkMessage.newBuilder();
        for (DenseLayer layer : network.layers()) {
            LayerMessage.Builder one = message.addLayersBuilder()
                    .setWeights(matrix(layer.weights()))
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
                    matrix(layer.getWeights()),
                    floats(layer.getBiasList()),
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

    static PipelineMessage pipeline(PipelineName name, Clusterer clusterer) {
        PipelineMessage.Builder message = PipelineMessage.newBuilder().setName(name.toString());
        switch (clusterer) {
            case Centroids centroids ->
                message.setCentroids(CentroidsMessage.newBuilder()
                        .setCentroids(matrix(centroids.centroids()))
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
        }
        return message.build();
    }

    static Clusterer clusterer(PipelineMessage message) {
        return switch (message.getClustererCase()) {
            case CENTROIDS ->
                new Centroids(
                        matrix(message.getCentroids().getCentroids()),
                        message.getCentroids().getNormalised());
            case MIXTURE ->
                new GaussianMixture(message.getMixture().getComponentsList().stream()
                        .map(one -> new GaussianMixture.Component(
                                one.getWeight(), vector(one.getMeanList()), vector(one.getCovarianceList())))
                        .toList());
            case CLUSTERER_NOT_SET ->
                throw new IllegalArgumentException("pipeline " + message.getName() + " has no clusterer");
        };
    }

    private static MatrixMessage matrix(Matrix matrix) {
        MatrixMessage.Builder message =
                MatrixMessage.newBuilder().setRows(matrix.rows()).setColumns(matrix.columns());
        for (float value : matrix.toArray()) {
            message.addValues(value);
        }
        return message.build();
    }

    private static Matrix matrix(MatrixMessage message) {
        return Matrix.of(message.getRows(), message.getColumns(), floats(message.getValuesList()));
    }

    private static float[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    private static Vector vector(List<Double> values) {
        return Vector.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
