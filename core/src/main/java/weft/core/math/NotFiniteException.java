package weft.core.math;

/// A value is NaN or infinite where numbers are wanted.
public final class NotFiniteException extends IllegalArgumentException {
    public NotFiniteException(String message) {
        super(message);
    }
}
