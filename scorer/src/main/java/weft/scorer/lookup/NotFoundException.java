package weft.scorer.lookup;

/// The question names what is not known here; the message says what.
final class NotFoundException extends RuntimeException {
    NotFoundException(String message) {
        super(message);
    }
}
