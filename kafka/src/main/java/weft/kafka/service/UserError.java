package weft.kafka.service;

/// A fault that the user can correct, told in one line that names the bad value; the command ends with exit
/// code 2.
public final class UserError extends RuntimeException {
    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
