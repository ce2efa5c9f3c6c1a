package weft.core.model;

/// Turns an image into its code, the vector that clusterers see; immutable and shared between threads.
public interface Encoder {
    /// Length of an image.
    int inputs();

    /// Length of a code.
    int codeSize();

    /// Whether codes are images themselves, so that the centre of a cluster can be shown as it is.
    default boolean codesAreImages() {
        return false;
    }

    /// What it does to an image's values first; a decoder gives values of that scale.
    default Scaling scaling() {
        return Scaling.NONE;
    }

    /// Buffers for one thread.
    Pass pass();

    /// Encodes for one thread without allocating.
    interface Pass {
        /// The code of the image whose values start at `offset`: pixels from 0 to 1, vectors as they came.
        ///
        /// The result may be a buffer that the next call overwrites.
        float[] encode(float[] image, int offset);

        /// The codes of `n` images whose values lie one after the other, as rows of `codes`.
        ///
        /// @param inputs length of an image
        default void encode(float[] images, int inputs, int n, float[] codes) {
            for (int i = 0; i < n; i++) {
                float[] code = encode(images, inputs * i);
                System.arraycopy(code, 0, codes, i * code.length, code.length);
            }
        }
    }
}
