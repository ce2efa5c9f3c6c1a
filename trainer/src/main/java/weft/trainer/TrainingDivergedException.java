package weft.trainer;

/// The training of a model has ended because its numbers blew up; the last good snapshot stays in use.
public final class TrainingDivergedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    TrainingDivergedException(String message, Throwable cause) {
        super(message, cause);
    }
}
