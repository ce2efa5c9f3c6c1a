package weft.trainer.autoencoder;

/// Training has left the finite numbers; the state to go on from is the last good one.
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DivergedException(long iteration, double loss, String what) {
        super("training diverged at iteration " + iteration + ": " + what + " is not finite (loss " + loss + ")");
    }
}
