package weft.kafka.service;

import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/// Tells a fault in one line, and whether it passes by itself.
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

    /// Whether it passes by itself, so that new clients may go on from the last commit.
    ///
    /// Kafka's exceptions do (KIP-1050), also the fencing of a transaction that took too long, but for wrong
    /// settings, missing rights and records that do not fit. What is not Kafka's is a fault of the program or of
    /// the machine, also where Kafka wraps it.
    public static boolean passes(Throwable fault) {
        boolean known = false;
        Throwable root = fault;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (lasts(cause)) {
                return false;
            }
            known |= cause instanceof RetriableException
                    || cause instanceof ApplicationRecoverableException
                    || cause instanceof TransactionAbortableException;
            root = cause;
        }
        return known || root instanceof KafkaException || root instanceof TimeoutException;
    }

    private static boolean lasts(Throwable fault) {
        return fault instanceof UserError
                || fault instanceof Error
                || fault instanceof ConfigException
                || fault instanceof InvalidConfigurationException
                || fault instanceof SerializationException
                || fault instanceof RecordTooLargeException
                || fault instanceof RecordBatchTooLargeException;
    }

    private static boolean wrapsOnly(Throwable fault) {
        return fault instanceof ExecutionException
                || fault instanceof CompletionException
                || fault.getMessage() == null;
    }
}
