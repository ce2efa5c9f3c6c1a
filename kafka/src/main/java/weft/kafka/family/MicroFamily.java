package weft.kafka.family;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.model.Clusterer;
import weft.core.model.FeatureEncoder;
import weft.core.model.MicroClusters;
import weft.core.model.Model;
import weft.core.model.ModelFamily;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.kafka.wire.MatrixCodec;
import weft.kafka.wire.proto.MicroMessage;
import weft.kafka.wire.proto.MicroPipelineMessage;

/// Many micro-clusters of gradients and patches, and clusters made of them (CluStream's two phases: Aggarwal, Han, Wang
/// and Yu 2003).
public final class MicroFamily implements ModelFamily {
    /// The most clusters.
    public static final int MAX_K = 64;

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public Map<String, Integer> clusterers() {
        return Map.of("", MAX_K);
    }

    @Override
    public byte[] encode(Model model) {
        if (!(model.encoder() instanceof FeatureEncoder encoder)) {
            throw new IllegalArgumentException("no features: " + model.encoder());
        }
        MicroMessage.Builder message = MicroMessage.newBuilder().setEncoder(FeatureCodec.message(encoder));
        model.clusterers().forEach((name, clusterer) -> message.addPipelines(pipeline(name, clusterer)));
        return message.build().toByteArray();
    }

    private static MicroPipelineMessage pipeline(PipelineName name, Clusterer clusterer) {
        if (!(clusterer instanceof MicroClusters micro)) {
            throw new IllegalArgumentException("no micro-clusters: " + clusterer);
        }
        return MicroPipelineMessage.newBuilder()
                .setName(name.toString())
                .setCentroids(MatrixCodec.matrix(micro.centroids()))
                .addAllClusters(micro.clusters())
                .build();
    }

    @Override
    public Model decode(ModelName name, Shape shape, byte[] payload) {
        MicroMessage message;
        try {
            message = MicroMessage.parseFrom(payload);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("not a payload of family " + name(), fault);
        }
        if (!(shape instanceof Shape.Image image)) {
            throw new IllegalArgumentException("family " + name() + " has no models for vectors");
        }
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        for (MicroPipelineMessage one : message.getPipelinesList()) {
            PipelineName pipeline = PipelineName.parse(one.getName());
            if (pipeline.owner().equals(name)) {
                check(pipeline);
            }
            Clusterer micro =
                    new MicroClusters(MatrixCodec.matrix(one.getCentroids()), one.getClustersList(), pipeline.k());
            if (clusterers.put(pipeline, micro) != null) {
                throw new IllegalArgumentException("pipeline " + pipeline + " appears twice");
            }
        }
        return new Model(name, shape, FeatureCodec.encoder(image, message.getEncoder()), Optional.empty(), clusterers);
    }
}
