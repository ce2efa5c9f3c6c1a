package weft.standalone.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.model.ModelName;
import weft.kafka.service.UserError;
import weft.kafka.wire.StreamEvent;
import weft.monitoring.EventsTail;

/// What happened to the stream and to the models.
@Command(
        name = "events",
        description = "Prints the events of the stream and of the models, one JSON object a line.",
        mixinStandardHelpOptions = true)
final class EventsCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = {
                "Of this kind alone; may be given again: drift, drift-over, birth, death, split,",
                "merge, rollback, promotion, challenge, divergence"
            })
    private List<StreamEvent.Kind> kinds = List.of();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Of this model alone: raw, with all its runs, or raw@RUN")
    private @Nullable ModelName model;

    @Option(names = "--follow", description = "Go on with what comes")
    private boolean follow;

    @Option(names = "--json", description = "The events as they are, which is the default")
    private boolean json;

    @Option(names = "--text", description = "For people: a line each, without centres")
    private boolean text;

    @Override
    public Integer call() throws InterruptedException {
        if (json && text) {
            throw new UserError("--json and --text exclude each other");
        }
        Set<StreamEvent.Kind> wanted = EnumSet.noneOf(StreamEvent.Kind.class);
        wanted.addAll(kinds);
        try (Running running = new Running()) {
            EventsTail.run(
                    kafka.connect(),
                    kafka.topics(),
                    new EventsTail.Filter(wanted, Optional.ofNullable(model)),
                    text ? EventsTail.Form.TEXT : EventsTail.Form.JSON,
                    follow,
                    System.out,
                    running::ending);
        }
        return 0;
    }
}
