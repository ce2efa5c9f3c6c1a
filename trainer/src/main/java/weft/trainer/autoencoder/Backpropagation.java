package weft.trainer.autoencoder;

/// A network's loss for a batch, and its gradient: rectified layers, the last one and the loss as the
/// [Reconstruction] has them.
///
/// Not for more than one thread.
interface Backpropagation {
    /// Up to so many parameters our own kernels are faster than a native library's with its costs of a call.
    int LARGE = 500_000;

    /// For layers of these sizes, by whichever means is the faster one.
    static Backpropagation of(Layers layers, Reconstruction reconstruction) {
        return layers.length() < LARGE
                ? new VectorBackpropagation(layers, reconstruction)
                : new NativeBackpropagation(layers, reconstruction);
    }

    /// Runs `n` rows through the network and says their mean loss against the targets.
    ///
    /// @param parameters as [Layers] has them
    double forward(float[] parameters, float[] rows, float[] targets, int n);

    /// Copies what layer `layer` made of the rows of the last [#forward].
    void copyOutputs(int layer, float[] to);

    /// Writes the gradient of the last [#forward]'s loss, once, for it overwrites the outputs.
    ///
    /// @param gradient of the length of the parameters
    void backward(float[] gradient);
}
