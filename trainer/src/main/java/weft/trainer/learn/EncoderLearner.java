package weft.trainer.learn;

import com.google.protobuf.ByteString;
import java.util.Optional;
import weft.core.model.Encoder;
import weft.core.model.Network;
import weft.trainer.cluster.Codes;

/// Learns an encoder from images in mini-batches.
///
/// The same images in the same order give the same bits; [#save] and a restore go on exactly.
public interface EncoderLearner {
    /// One step on the first `n` images; their codes, from before the step, are written.
    ///
    /// @return the mean loss, NaN where nothing is learnt or nothing is known yet
    double train(float[] images, int n, Codes codes);

    /// The mean loss of the first `n` images, from which nothing is learnt; NaN where there is none.
    default double loss(float[] images, int n) {
        return Double.NaN;
    }

    /// Short name of the loss, for the provenance: `bce`; `none` where there is none.
    default String loss() {
        return "none";
    }

    /// The loss above which no start and no training is, so that it must have blown up.
    default double blownUp() {
        return Double.POSITIVE_INFINITY;
    }

    /// Whether the code of an image changes as the encoder learns.
    boolean moves();

    /// The encoder as it is now; the first call ends whatever it had to see before it could start.
    Encoder encoder();

    /// The way back, where there is one.
    default Optional<Network> decoder() {
        return Optional.empty();
    }

    /// What it takes to go on exactly.
    ByteString save();
}
