package weft.producer.dataset;

import java.net.ConnectException;
import java.nio.file.FileSystemException;

/// Why something failed, in a few words on one line.
final class Reason {
    private Reason() {}

    static String of(Throwable fault) {
        String message = fault.getMessage();
        if (fault instanceof ConnectException) {
            return "no connection";
        }
        if (message == null || message.isBlank()) {
            return fault.getClass().getSimpleName();
        }
        // The message of these is the path alone.
        String detail = fault instanceof FileSystemException ? fault.getClass().getSimpleName() + ": " : "";
        return detail + message.strip().replaceAll("\\s+", " ");
    }
}
