package weft.trainer.autoencoder;

/// Mean binary cross-entropy of probabilities clipped to 1e-7 … 1 − 1e-7, as in Keras.
final class BinaryCrossEntropy {
    private static final float LARGEST_LOGIT = (float) Math.log((1 - 1e-7) / 1e-7);
    private static final double NEAR_UNDERFLOW = 1e-200;

    private BinaryCrossEntropy() {}

    /// Nats per value over the first `n` values; not a number where any of them is not.
    ///
    /// A logarithm for each value would cost as much as the rest of a training step, so this one multiplies
    /// first: the loss of a value is `max(z, 0) − z·t − ln max(p, 1 − p)`, and no factor is under a half.
    ///
    /// @param logits z
    /// @param probabilities p, the logistic function of z
    /// @param targets t, from 0 to 1
    static double mean(float[] logits, float[] probabilities, float[] targets, int n) {
        double sum = 0;
        double product = 1;
        for (int i = 0; i < n; i++) {
            float z = Math.clamp(logits[i], -LARGEST_LOGIT, LARGEST_LOGIT);
            sum += Math.max(z, 0) - z * targets[i];
            product *= Math.max(probabilities[i], 1 - probabilities[i]);
            if (product < NEAR_UNDERFLOW) {
                sum -= Math.log(product);
                product = 1;
            }
        }
        return (sum - Math.log(product)) / n;
    }
}
