package weft.trainer.raw;

import com.google.protobuf.ByteString;
import weft.core.model.Encoder;
import weft.core.model.IdentityEncoder;
import weft.trainer.cluster.Codes;
import weft.trainer.learn.EncoderLearner;

/// Nothing to learn: the code is the image.
final class ImagesAsCodes implements EncoderLearner {
    private final int values;

    ImagesAsCodes(int values) {
        this.values = values;
    }

    @Override
    public double train(float[] images, int n, Codes codes) {
        System.arraycopy(images, 0, codes.values(), 0, n * values);
        codes.rows(n);
        return Double.NaN;
    }

    @Override
    public boolean moves() {
        return false;
    }

    @Override
    public Encoder encoder() {
        return new IdentityEncoder(values);
    }

    @Override
    public ByteString save() {
        return ByteString.EMPTY;
    }
}
