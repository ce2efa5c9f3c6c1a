package weft.kafka.wire;

/// A value of the models topic that must not be used.
public final class InvalidSnapshotException extends Exception {
    /// Why, as a short word for a metric's label.
    public enum Reason {
        MALFORMED,
        TOO_LARGE,
        FORMAT,
        DIMENSIONS,
        NOT_FINITE,
        OLDER
    }

    private final Reason reason;

    public InvalidSnapshotException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public InvalidSnapshotException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
