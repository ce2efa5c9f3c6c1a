package weft.monitoring;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import weft.core.model.ModelName;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.Times;
import weft.kafka.wire.Topics;

/// Prints the events of the stream and of the models, from the first one that is kept.
public final class EventsTail {
    private EventsTail() {}

    /// Which events to print.
    ///
    /// @param kinds none for all of them
    /// @param model `raw` stands for every run of the family, `raw@wide` for that run alone
    public record Filter(Set<StreamEvent.Kind> kinds, Optional<ModelName> model) {
        public Filter {
            kinds = Set.copyOf(kinds);
        }

        boolean accepts(StreamEvent event) {
            return (kinds.isEmpty() || kinds.contains(event.kind()))
                    && (model.isEmpty() || of(model.get(), ModelName.parse(event.model())));
        }

        private static boolean of(ModelName wanted, ModelName name) {
            return wanted.isMain() ? wanted.family().equals(name.family()) : wanted.equals(name);
        }
    }

    /// How an event is printed.
    public enum Form {
        /// As it stands on the topic, an object a line.
        JSON,
        /// For people, without centres.
        TEXT
    }

    /// Prints what is there, and then what comes where it is to follow, until the reader has gone or `stopped`.
    public static void run(
            KafkaConnection kafka,
            Topics topics,
            Filter filter,
            Form form,
            boolean follow,
            PrintStream out,
            BooleanSupplier stopped)
            throws InterruptedException {
        RecordPrinter.run(
                "events",
                kafka,
                topics.events(),
                record -> {
                    StreamEvent event = StreamEvent.fromJson(record.value());
                    if (!filter.accepts(event)) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            form == Form.JSON ? record.value() : text(event).getBytes(StandardCharsets.UTF_8));
                },
                new RecordPrinter.Span(true, follow, 0),
                out,
                stopped);
    }

    private static String text(StreamEvent event) {
        // Sorted, so that lines of one kind look alike; a centre has hundreds of values.
        String details = new TreeMap<>(event.details())
                .entrySet().stream()
                        .filter(detail -> !detail.getKey().startsWith("centre"))
                        .map(detail -> " " + detail.getKey() + "=" + detail.getValue())
                        .collect(Collectors.joining());
        return Times.text(event.at()) + " " + event.kind().id() + " " + event.key() + " modelVersion="
                + event.modelVersion() + " imagesSeen=" + event.imagesSeen() + details;
    }
}
