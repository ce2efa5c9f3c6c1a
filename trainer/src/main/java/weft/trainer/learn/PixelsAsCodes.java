package weft.trainer.learn;

import java.util.Optional;
import weft.core.image.Pixels;
import weft.core.model.Encoder;
import weft.core.model.IdentityEncoder;
import weft.core.model.Network;
import weft.trainer.cluster.Codes;
import weft.trainer.proto.AutoencoderState;

/// Nothing to learn: the code is the image.
final class PixelsAsCodes implements EncoderLearner {
    @Override
    public double train(float[] pixels, int n, Codes codes) {
        System.arraycopy(pixels, 0, codes.values(), 0, n * Pixels.COUNT);
        codes.rows(n);
        return Double.NaN;
    }

    @Override
    public Encoder encoder() {
        return new IdentityEncoder(Pixels.COUNT);
    }

    @Override
    public Optional<Network> decoder() {
        return Optional.empty();
    }

    @Override
    public AutoencoderState save() {
        return AutoencoderState.getDefaultInstance();
    }
}
