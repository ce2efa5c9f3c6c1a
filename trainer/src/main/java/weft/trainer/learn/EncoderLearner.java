package weft.trainer.learn;

import java.util.Optional;
import weft.core.model.Encoder;
import weft.core.model.Network;
import weft.trainer.cluster.Codes;
import weft.trainer.proto.AutoencoderState;

/// The encoder's side of a model's training.
interface EncoderLearner {
    /// One step on the first `n` images; their codes, from before the step, are written; the answer is the
    /// mean loss, NaN where nothing is learnt.
    double train(float[] pixels, int n, Codes codes);

    Encoder encoder();

    Optional<Network> decoder();

    /// What it takes to go on exactly.
    AutoencoderState save();
}
