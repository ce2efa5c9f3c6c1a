package weft.trainer.autoencoder;

import weft.core.model.Activation;

/// How an autoencoder gives images back, and what it minimises.
public enum Reconstruction {
    /// Logistic outputs from 0 to 1 under the binary cross-entropy.
    PIXELS("bce", Activation.SIGMOID, 2 * Math.log(2), 1),
    /// Linear outputs under the mean squared error, of values with a variance of 1 at the start.
    VECTORS("mse", Activation.IDENTITY, 1e6, 2);

    private final String loss;
    private final Activation output;
    private final double blownUp;
    private final double slope;

    Reconstruction(String loss, Activation output, double blownUp, double slope) {
        this.loss = loss;
        this.output = output;
        this.blownUp = blownUp;
        this.slope = slope;
    }

    /// Short name of the loss.
    String loss() {
        return loss;
    }

    Activation output() {
        return output;
    }

    /// For pixels in nats: twice the loss of a network that answers one half everywhere, near which all start.
    /// Vectors of a stream that changes may lie far from where they lay, so the bound only tells a runaway.
    double blownUp() {
        return blownUp;
    }

    /// The loss's derivative by an output's sum is this times `output − target`.
    double slope() {
        return slope;
    }
}
