package weft.trainer;

/// A newer trainer of the same model has taken over; going on would only fence it.
public final class ReplacedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    ReplacedException(String model) {
        super("model " + model + " is trained by another trainer, which started later: this one ends");
    }
}
