package weft.kafka.wire;

import java.util.Optional;
import weft.core.image.Shape;
import weft.core.model.Activation;
import weft.core.model.ClusterFacts;
import weft.core.model.DenseLayer;
import weft.core.model.PipelineName;
import weft.core.model.Ranks;
import weft.core.model.Spread;
import weft.core.model.Strangeness;
import weft.kafka.wire.proto.ClusterFactsMessage;
import weft.kafka.wire.proto.StrangenessMessage;

/// What a snapshot knows beside its model, as Protobuf messages and back.
public final class FactsCodec {
    private FactsCodec() {}

    /// The message of what a snapshot knows of a pipeline's clusters.
    public static ClusterFactsMessage message(PipelineName pipeline, ClusterFacts facts) {
        ClusterFactsMessage.Builder message = ClusterFactsMessage.newBuilder()
                .setPipeline(pipeline.toString())
                .setSpread(MatrixCodec.matrix(facts.spread().quantiles()))
                .addAllGenerations(facts.generations());
        facts.ranks().ifPresent(ranks -> {
            message.setRanks(MatrixCodec.matrix(ranks.quantiles()));
            for (double value : ranks.tail().toArray()) {
                message.addTail(value);
            }
        });
        return message.build();
    }

    /// What a message tells of a pipeline's clusters.
    ///
    /// @throws IllegalArgumentException where sizes do not fit or a number is not finite
    public static ClusterFacts facts(ClusterFactsMessage message) {
        return new ClusterFacts(
                new Spread(MatrixCodec.matrix(message.getSpread())),
                message.getGenerationsList(),
                message.hasRanks()
                        ? Optional.of(new Ranks(
                                MatrixCodec.matrix(message.getRanks()), MatrixCodec.vector(message.getTailList())))
                        : Optional.empty());
    }

    /// The message of what most images look like.
    public static StrangenessMessage message(Strangeness strangeness) {
        StrangenessMessage.Builder message = StrangenessMessage.newBuilder()
                .setAxes(MatrixCodec.matrix(strangeness.axes().weights()))
                .setMeans(MatrixCodec.matrix(strangeness.means()))
                .setFactors(MatrixCodec.matrix(strangeness.factors()));
        for (float value : strangeness.axes().bias()) {
            message.addBias(value);
        }
        for (double value : strangeness.constants().toArray()) {
            message.addConstants(value);
        }
        return message.build();
    }

    /// What most images look like, of a message.
    ///
    /// @param shape of the images
    /// @throws IllegalArgumentException where sizes do not fit or a number is not finite
    public static Strangeness strangeness(StrangenessMessage message, Shape shape) {
        return new Strangeness(
                shape,
                new DenseLayer(
                        MatrixCodec.matrix(message.getAxes()),
                        MatrixCodec.floats(message.getBiasList()),
                        Activation.IDENTITY),
                MatrixCodec.matrix(message.getMeans()),
                MatrixCodec.matrix(message.getFactors()),
                MatrixCodec.vector(message.getConstantsList()));
    }
}
