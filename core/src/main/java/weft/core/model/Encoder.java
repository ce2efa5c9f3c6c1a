package weft.core.model;

/// Turns an image into its code, the vector that clusterers see; immutable and shared between threads.
public sealed interface Encoder permits IdentityEncoder, NetworkEncoder {
    /// Length of an image.
    int inputs();

    /// Length of a code.
    int codeSize();

    /// Buffers for one thread.
    Pass pass();

    /// Encodes for one thread without allocating.
    interface Pass {
        /// The code of the image whose values, 0 to 1, start at `offset`.
        ///
        /// The result may be a buffer that the next call overwrites.
        float[] encode(float[] image, int offset);
    }
}
