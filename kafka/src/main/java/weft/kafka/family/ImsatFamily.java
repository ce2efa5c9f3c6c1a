package weft.kafka.family;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.model.CommitteeEncoder;
import weft.core.model.ConvolutionLayer;
import weft.core.model.ImageNetwork;
import weft.core.model.MeanVote;
import weft.core.model.Model;
import weft.core.model.ModelFamily;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.kafka.wire.MatrixCodec;
import weft.kafka.wire.proto.CommitteeMessage;
import weft.kafka.wire.proto.ConvolutionMessage;
import weft.kafka.wire.proto.ImageNetworkMessage;

/// Networks whose outputs are the clusters, learnt by self-augmented information maximisation (Hu et al. 2017).
///
/// A model has one pipeline, `imsat-K`: its networks have K outputs.
public final class ImsatFamily implements ModelFamily {
    /// The most clusters.
    public static final int MAX_K = 64;

    @Override
    public String name() {
        return "imsat";
    }

    @Override
    public Map<String, Integer> clusterers() {
        return Map.of("", MAX_K);
    }

    @Override
    public byte[] encode(Model model) {
        if (!(model.encoder() instanceof CommitteeEncoder committee)) {
            throw new IllegalArgumentException("no committee: " + model.encoder());
        }
        CommitteeMessage.Builder message = CommitteeMessage.newBuilder()
                .setPipeline(model.clusterers().keySet().iterator().next().toString());
        for (ImageNetwork network : committee.networks()) {
            ImageNetworkMessage.Builder one =
                    message.addNetworksBuilder().setDense(LayeredCodec.network(network.dense()));
            for (ConvolutionLayer layer : network.convolutions()) {
                ConvolutionMessage.Builder convolution = one.addConvolutionsBuilder()
                        .setKernel(layer.kernel())
                        .setChannels(layer.channels())
                        .setWeights(MatrixCodec.matrix(layer.weights()));
                for (double value : layer.bias().toArray()) {
                    convolution.addBias(value);
                }
            }
        }
        return message.build().toByteArray();
    }

    @Override
    public Model decode(ModelName name, Shape shape, byte[] payload) {
        CommitteeMessage message;
        try {
            message = CommitteeMessage.parseFrom(payload);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("not a payload of family " + name(), fault);
        }
        if (!(shape instanceof Shape.Image image)) {
            throw new IllegalArgumentException("family " + name() + " has no models for vectors");
        }
        PipelineName pipeline = PipelineName.parse(message.getPipeline());
        if (pipeline.owner().equals(name)) {
            check(pipeline);
        }
        List<ImageNetwork> networks = new ArrayList<>();
        for (ImageNetworkMessage one : message.getNetworksList()) {
            networks.add(new ImageNetwork(
                    image,
                    one.getConvolutionsList().stream()
                            .map(ImsatFamily::convolution)
                            .toList(),
                    LayeredCodec.network(one.getDense())));
        }
        CommitteeEncoder committee = new CommitteeEncoder(networks);
        return new Model(
                name,
                shape,
                committee,
                Optional.empty(),
                Map.of(
                        pipeline,
                        new MeanVote(
                                networks.size(), committee.networks().getFirst().outputs())));
    }

    private static ConvolutionLayer convolution(ConvolutionMessage message) {
        return new ConvolutionLayer(
                message.getKernel(),
                message.getChannels(),
                MatrixCodec.matrix(message.getWeights()),
                MatrixCodec.vector(message.getBiasList()));
    }
}
