package weft.standalone;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;

/// The innermost cause of a logged fault, in brackets after the message: `(IOException: No space left on device)`.
public final class FaultInOneLine extends ThrowableHandlingConverter {
    private static final int LONGEST = 300;

    @Override
    public String convert(ILoggingEvent event) {
        IThrowableProxy fault = event.getThrowableProxy();
        if (fault == null) {
            return "";
        }
        while (fault.getCause() != null) {
            fault = fault.getCause();
        }
        String name = fault.getClassName();
        String line = " (" + name.substring(name.lastIndexOf('.') + 1) + detail(fault.getMessage());
        // Kafka Streams adds descriptions of whole topologies.
        return (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + ")";
    }

    private static String detail(@Nullable String message) {
        return message == null ? "" : ": " + message.replaceAll("\\s+", " ").strip();
    }
}
