package weft.scorer.topology;

/// Why a record goes to the dead letters.
final class BadRecordException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    BadRecordException(String reason) {
        super(reason);
        this.reason = reason;
    }

    BadRecordException(IllegalArgumentException fault) {
        super(fault);
        reason = String.valueOf(fault.getMessage());
    }

    String reason() {
        return reason;
    }
}
