package weft.standalone.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;
import weft.core.model.PipelineName;
import weft.producer.replay.Order;

/// Turns words of the command line into values, and says in one line what would do.
final class Converters {
    private Converters() {}

    static Order order(String text) {
        for (Order order : Order.values()) {
            if (order.id().equalsIgnoreCase(text)) {
                return order;
            }
        }
        String known = Arrays.stream(Order.values()).map(Order::id).collect(Collectors.joining(", "));
        throw new TypeConversionException("'" + text + "' is none of " + known);
    }

    static PipelineName pipeline(String text) {
        try {
            return PipelineName.parse(text.strip());
        } catch (IllegalArgumentException fault) {
            throw new TypeConversionException(String.valueOf(fault.getMessage()));
        }
    }
}
