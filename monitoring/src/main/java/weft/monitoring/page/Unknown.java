package weft.monitoring.page;

/// Somebody asked for what the page does not know; the message names it.
final class Unknown extends RuntimeException {
    Unknown(String message) {
        super(message);
    }
}
