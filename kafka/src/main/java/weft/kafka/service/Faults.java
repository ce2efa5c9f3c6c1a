package weft.kafka.service;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// Tells a fault in one line.
public final class Faults {
    private Faults() {}

    /// The message of the fault that matters, without line breaks, and its class unless it is Weft's own,
    /// which is meant for the user.
    public static String line(Throwable fault) {
        Throwable told = fault;
        for (Throwable cause = told.getCause(); cause != null && wrapsOnly(told); cause = told.getCause()) {
            told = cause;
        }
        String message = told.getMessage();
        String name = told.getClass().getSimpleName();
        if (message == null) {
            return name;
        }
        String line = message.replaceAll("\\s*\\R\\s*", " ").strip();
        return told.getClass().getPackageName().startsWith("weft.") ? line : name + ": " + line;
    }

    private static boolean wrapsOnly(Throwable fault) {
        return fault instanceof ExecutionException
                || fault instanceof CompletionException
                || fault.getMessage() == null;
    }
}
