package weft.core.model;

import java.util.Arrays;

/// The code is the image itself.
///
/// @param inputs length of an image
public record IdentityEncoder(int inputs) implements Encoder {
    public IdentityEncoder {
        if (inputs < 1) {
            throw new IllegalArgumentException("inputs must be at least 1, not " + inputs);
        }
    }

    @Override
    public int codeSize() {
        return inputs;
    }

    @Override
    public boolean codesAreImages() {
        return true;
    }

    @Override
    public Pass pass() {
        return new Pass() {
            @Override
            public float[] encode(float[] image, int offset) {
                return offset == 0 && image.length == inputs
                        ? image
                        : Arrays.copyOfRange(image, offset, offset + inputs);
            }

            @Override
            public void encode(float[] images, int inputs, int n, float[] codes) {
                System.arraycopy(images, 0, codes, 0, n * inputs);
            }
        };
    }
}
