package weft.kafka.wire;

import java.util.List;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.ClusterFacts;
import weft.core.model.DenseLayer;
import weft.core.model.PipelineName;
import weft.core.model.Ranks;
import weft.core.model.Spread;
import weft.core.model.Strangeness;
import weft.kafka.wire.proto.ClusterFactsMessage;
import weft.kafka.wire.proto.MatrixMessage;
import weft.kafka.wire.proto.StrangenessMessage;

/// What a snapshot knows beside its model, as Protobuf messages and back.
public final class FactsCodec {
    private FactsCodec() {}

    static ClusterFactsMessage message(PipelineName pipeline, ClusterFacts facts) {
        ClusterFactsMessage.Builder message = ClusterFactsMessage.newBuilder()
                .setPipeline(pipeline.toString())
                .setSpread(message(facts.spread().quantiles()))
                .addAllGenerations(facts.generations());
        facts.ranks().ifPresent(ranks -> {
            message.setRanks(message(ranks.quantiles()));
            for (double value : ranks.tail().toArray()) {
                message.addTail(value);
            }
        });
        return message.build();
    }

    static ClusterFacts facts(ClusterFactsMessage message) {
        return new ClusterFacts(
                new Spread(matrix(message.getSpread())),
                message.getGenerationsList(),
                message.hasRanks()
                        ? Optional.of(new Ranks(matrix(message.getRanks()), vector(message.getTailList())))
                        : Optional.empty());
    }

    /// The message of what most images look like.
    public static StrangenessMessage message(Strangeness strangeness) {
        StrangenessMessage.Builder message = StrangenessMessage.newBuilder()
                .setAxes(message(strangeness.axes().weights()))
                .setMeans(message(strangeness.means()))
                .setFactors(message(strangeness.factors()));
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
        float[] bias = new float[message.getBiasCount()];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = message.getBias(i);
        }
        return new Strangeness(
                shape,
                new DenseLayer(matrix(message.getAxes()), bias, Activation.IDENTITY),
                matrix(message.getMeans()),
                matrix(message.getFactors()),
                vector(message.getConstantsList()));
    }

    private static MatrixMessage message(Matrix matrix) {
        MatrixMessage.Builder message =
                MatrixMessage.newBuilder().setRows(matrix.rows()).setColumns(matrix.columns());
        for (float value : matrix.toArray()) {
            message.addValues(value);
        }
        return message.build();
    }

    private static Matrix matrix(MatrixMessage message) {
        float[] values = new float[message.getValuesCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = message.getValues(i);
        }
        return Matrix.of(message.getRows(), message.getColumns(), values);
    }

    private static Vector vector(List<Double> values) {
        return Vector.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
