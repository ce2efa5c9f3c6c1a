package weft.kafka.family;

import java.util.List;
import weft.core.image.Shape;
import weft.core.model.DenseLayer;
import weft.core.model.FeatureEncoder;
import weft.core.model.Network;
import weft.core.model.PatchDictionary;
import weft.kafka.wire.MatrixCodec;
import weft.kafka.wire.proto.FeatureEncoderMessage;
import weft.kafka.wire.proto.NetworkMessage;

/// An encoder by gradients and patches as a message, and back.
public final class FeatureCodec {
    private FeatureCodec() {}

    /// The message of an encoder.
    public static FeatureEncoderMessage message(FeatureEncoder encoder) {
        FeatureEncoderMessage.Builder message = FeatureEncoderMessage.newBuilder()
                .setWhitening(MatrixCodec.matrix(encoder.dictionary().whitening()))
                .setWords(MatrixCodec.matrix(encoder.dictionary().words()))
                .setGradients(LayeredCodec.network(new Network(List.of(encoder.gradients()))))
                .setPatches(LayeredCodec.network(new Network(List.of(encoder.patches()))));
        for (double value : encoder.dictionary().mean().toArray()) {
            message.addMean(value);
        }
        return message.build();
    }

    /// The encoder of a message.
    ///
    /// @throws IllegalArgumentException where sizes do not fit or numbers are not finite
    public static FeatureEncoder encoder(Shape.Image shape, FeatureEncoderMessage message) {
        return new FeatureEncoder(
                shape,
                new PatchDictionary(
                        MatrixCodec.matrix(message.getWhitening()),
                        MatrixCodec.vector(message.getMeanList()),
                        MatrixCodec.matrix(message.getWords())),
                layer(message.getGradients()),
                layer(message.getPatches()));
    }

    private static DenseLayer layer(NetworkMessage message) {
        List<DenseLayer> layers = LayeredCodec.network(message).layers();
        if (layers.size() != 1) {
            throw new IllegalArgumentException("a projection is one layer, not " + layers.size());
        }
        return layers.getFirst();
    }
}
