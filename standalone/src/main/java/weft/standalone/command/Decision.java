package weft.standalone.command;

import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.model.ModelName;
import weft.kafka.service.Deployments;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.Topics;
import weft.standalone.Families;

/// What the commands have in common that decide what serves.
final class Decision {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final ModelArgument model = new ModelArgument();

    @Option(
            names = "--why",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Reason, for the record and the event")
    private String why = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user of the system)")
    private @Nullable String by;

    /// Decides, and says in one line what holds now.
    int decide(Function<Deployments, Deployment> decision) {
        ModelName name = model.name();
        Topics topics = kafka.topics();
        KafkaConnection connection = kafka.connect();
        try (Deployments deployments =
                Deployments.open(connection, topics, Families.SNAPSHOTS, name, Clock.systemUTC())) {
            System.out.println(text(decision.apply(deployments)));
        }
        return 0;
    }

    Deployments.Signature signature() {
        return new Deployments.Signature(by != null ? by : System.getProperty("user.name", ""), why);
    }

    private static String text(Deployment now) {
        return now.model() + " is served by run " + now.run() + ", "
                + (now.version().isPresent() ? "version " + now.version().getAsLong() : "its newest version")
                + (now.challengers().isEmpty() ? "" : ", challenged by " + String.join(", ", now.challengers()));
    }
}
