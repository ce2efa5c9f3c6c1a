package weft.scorer.lookup;

/// The question names what is not known here; the message says what.
final class NotFoundException extends RuntimeException {
    private static final int SHOWN = 100;

    NotFoundException(String message) {
        super(message);
    }

    /// A name as somebody sent it, cut.
    static String shown(String name) {
        return "'" + (name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name) + "'";
    }
}
