package weft.trainer.learn;

import com.google.protobuf.ByteString;
import java.util.List;
import weft.core.image.Shape;
import weft.kafka.wire.Shapes;
import weft.trainer.proto.Checkpoint;
import weft.trainer.proto.ClustererState;
import weft.trainer.proto.SavedClusterer;

/// Checkpoints of every format that there has been, as the present one.
final class CheckpointCodec {
    static final int FORMAT = 2;

    /// What releases before families wrote; their images were all of one shape.
    private static final int WITHOUT_FAMILIES = 1;

    private static final Shape ONLY_SHAPE = new Shape.Image(28, 28, 1);

    private CheckpointCodec() {}

    /// A message for a plan, without what the training has learnt.
    static Checkpoint.Builder begin(ModelPlan plan) {
        return Checkpoint.newBuilder()
                .setFormat(FORMAT)
                .setPlan(plan.fingerprint())
                .setFamily(plan.model().family())
                .setShape(Shapes.message(plan.shape()));
    }

    /// The checkpoint in the present format.
    ///
    /// @throws IllegalArgumentException where it is another plan's, or of a format that is not known
    static Checkpoint read(Checkpoint saved, ModelPlan plan) {
        if (saved.getFormat() < WITHOUT_FAMILIES || saved.getFormat() > FORMAT) {
            throw new IllegalArgumentException("the checkpoint of model " + plan.model() + " has format "
                    + saved.getFormat() + ", and this release reads " + WITHOUT_FAMILIES + " to " + FORMAT
                    + ": train with the release that wrote it, or choose another --prefix or --dir");
        }
        boolean old = saved.getFormat() == WITHOUT_FAMILIES;
        Shape shape = old ? ONLY_SHAPE : Shapes.shape(saved.getShape());
        if (!shape.equals(plan.shape())) {
            throw new IllegalArgumentException("the checkpoint of model " + plan.model() + " was trained on images of "
                    + shape + ", not of " + plan.shape() + ": choose another --prefix or --dir");
        }
        if (!saved.getPlan().equals(plan.fingerprint())) {
            throw new IllegalArgumentException("the checkpoint of model " + plan.model() + " was trained as ["
                    + saved.getPlan() + "], not as [" + plan.fingerprint()
                    + "]: go on with the same options, or choose another --run, --prefix or --dir");
        }
        return old ? withFamily(saved, plan) : saved;
    }

    private static Checkpoint withFamily(Checkpoint saved, ModelPlan plan) {
        Checkpoint.Builder message = saved.toBuilder()
                .setFormat(FORMAT)
                .setFamily(plan.model().family())
                .setShape(Shapes.message(plan.shape()))
                .setEncoder(saved.getAutoencoder().toByteString())
                .clearAutoencoder()
                .clearClusterers();
        List<ClustererState> states = saved.getClusterersList();
        for (ClustererState state : states) {
            ByteString payload = state.toBuilder().clearWindowClusters().build().toByteString();
            message.addPipelines(SavedClusterer.newBuilder()
                    .addAllWindowClusters(state.getWindowClustersList())
                    .setState(payload));
        }
        return message.build();
    }
}
