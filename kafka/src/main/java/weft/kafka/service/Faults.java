package weft.kafka.service;

import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// Tells a fault in one line.
public final class Faults {
    private Faults() {}

    /// The message of the fault that matters, without line breaks, and its class unless it is Weft's own,
    /// which is meant for the user.
    public static String line(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsatisfiedLinkError) {
                return "native code cannot be loaded (is its folder mounted noexec? Others are named by WEFT_JAVA_OPTS="
                        + "\"-Djava.io.tmpdir=DIR -Dorg.bytedeco.javacpp.cachedir=DIR\"): "
                        + oneLine(String.valueOf(cause.getMessage()));
            }
        }
        Throwable told = fault;
        for (Throwable cause = told.getCause(); cause != null && wrapsOnly(told); cause = told.getCause()) {
            told = cause;
        }
        String message = told.getMessage();
        String name = told.getClass().getSimpleName();
        if (message == null) {
            return name;
        }
        if (told instanceof AccessDeniedException denied) {
            return denied.getFile() + ": this user has no right to it";
        }
        String line = oneLine(message);
        return told.getClass().getPackageName().startsWith("weft.") ? line : name + ": " + line;
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ").strip();
    }

    private static boolean wrapsOnly(Throwable fault) {
        return fault instanceof ExecutionException
                || fault instanceof CompletionException
                || fault.getMessage() == null;
    }
}
