package weft.kafka.wire;

import weft.core.image.Shape;
import weft.kafka.wire.proto.EncoderMessage;
import weft.kafka.wire.proto.ImageShapeMessage;
import weft.kafka.wire.proto.ShapeMessage;
import weft.kafka.wire.proto.VectorShapeMessage;

/// Shapes as Protobuf messages, and back.
public final class Shapes {
    private Shapes() {}

    /// The message of a shape.
    public static ShapeMessage message(Shape shape) {
        return switch (shape) {
            case Shape.Image image ->
                ShapeMessage.newBuilder()
                        .setImage(ImageShapeMessage.newBuilder()
                                .setWidth(image.width())
                                .setHeight(image.height())
                                .setChannels(image.channels()))
                        .build();
            case Shape.Vector vector ->
                ShapeMessage.newBuilder()
                        .setVector(VectorShapeMessage.newBuilder().setDimension(vector.dimension()))
                        .build();
        };
    }

    /// The shape of a message.
    ///
    /// @throws IllegalArgumentException where there is none, or one that no image has
    public static Shape shape(ShapeMessage message) {
        return switch (message.getKindCase()) {
            case IMAGE ->
                new Shape.Image(
                        message.getImage().getWidth(),
                        message.getImage().getHeight(),
                        message.getImage().getChannels());
            case VECTOR -> new Shape.Vector(message.getVector().getDimension());
            case KIND_NOT_SET -> throw new IllegalArgumentException("the snapshot has no shape");
        };
    }

    /// Format 1 knew grey square images alone, and did not say so.
    static Shape ofFormat1(EncoderMessage encoder) {
        int values = encoder.hasIdentity()
                ? encoder.getIdentity().getInputs()
                : encoder.getNetwork().getLayersCount() == 0
                        ? 1
                        : encoder.getNetwork().getLayers(0).getWeights().getColumns();
        int side = (int) Math.sqrt(values);
        return side * side == values ? new Shape.Image(side, side, 1) : new Shape.Image(values, 1, 1);
    }
}
