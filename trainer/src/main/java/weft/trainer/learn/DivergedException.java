package weft.trainer.learn;

/// Training has left the finite numbers or lost all it had learnt; the state to go on from is the last good
/// one.
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// For a number that is not finite.
    public DivergedException(long iteration, double loss, String what) {
        super("training diverged at iteration " + iteration + ": " + what + " is not finite (loss " + loss + ")");
    }

    /// For what is finite and yet no model.
    public DivergedException(String what) {
        super("training diverged: " + what);
    }

    /// For a loss that is finite, yet beyond what any start has.
    public DivergedException(double loss, double most) {
        super("training diverged: the mean loss of " + loss + " is above " + most);
    }
}
