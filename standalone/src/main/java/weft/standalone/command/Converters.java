package weft.standalone.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.kafka.service.UserError;
import weft.kafka.wire.StreamEvent;
import weft.producer.drift.Drift;
import weft.producer.replay.Order;
import weft.standalone.Families;

/// Turns words of the command line into values, and says in one line what would do.
final class Converters {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");

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

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no time such as 90s, 15m, 1h or 7d");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    static ByteSize size(String text) {
        return ByteSize.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no size such as 500MB, 20GB or 1TB"));
    }

    static Drift drift(String text) {
        try {
            return Drift.parse(text);
        } catch (IllegalArgumentException fault) {
            throw new TypeConversionException(String.valueOf(fault.getMessage()));
        }
    }

    static StreamEvent.Kind kind(String text) {
        try {
            return StreamEvent.Kind.of(text.strip());
        } catch (IllegalArgumentException fault) {
            throw new TypeConversionException(String.valueOf(fault.getMessage()));
        }
    }

    static ModelName model(String text) {
        try {
            return ModelArgument.parse(text.strip());
        } catch (UserError fault) {
            throw new TypeConversionException(String.valueOf(fault.getMessage()));
        }
    }

    static PipelineName pipeline(String text) {
        try {
            return Families.MODELS.pipeline(text.strip());
        } catch (IllegalArgumentException fault) {
            throw new TypeConversionException(String.valueOf(fault.getMessage()));
        }
    }
}
