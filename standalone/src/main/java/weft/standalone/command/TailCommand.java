package weft.standalone.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.image.Dataset;
import weft.core.model.PipelineName;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;
import weft.monitoring.Tail;

/// The assignments, as they come.
@Command(
        name = "tail",
        description = "Prints committed assignments, one JSON object a line.",
        mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Of this pipeline alone")
    private @Nullable PipelineName pipeline;

    @Option(names = "--cluster", paramLabel = "N", description = "Of this cluster alone")
    private @Nullable Integer cluster;

    @Option(names = "--name", paramLabel = "CLASS", description = "Of clusters with this name alone")
    private @Nullable String name;

    @Option(
            names = "--outlier",
            paramLabel = "SHARE",
            description = "Of images alone that lie further out than at least this share of their cluster, 0 to 1")
    private @Nullable Double outlier;

    @Option(names = "--from-beginning", description = "Also what is there already")
    private boolean fromBeginning;

    @Option(
            names = "--max",
            defaultValue = "0",
            paramLabel = "N",
            description = "End after so many; 0 for no end (default: ${DEFAULT-VALUE})")
    private long most;

    @Override
    public Integer call() throws InterruptedException {
        check();
        Tail.Filter filter = new Tail.Filter(
                Optional.ofNullable(pipeline).map(PipelineName::toString),
                cluster == null ? OptionalInt.empty() : OptionalInt.of(cluster),
                Optional.ofNullable(name),
                outlier == null ? OptionalDouble.empty() : OptionalDouble.of(outlier));
        Topics topics = kafka.topics();
        try (Running running = new Running()) {
            KafkaConnection connection = kafka.connect();
            checkName(connection, topics);
            Tail.run(connection, topics, filter, fromBeginning, most, System.out, running::ending);
        }
        return 0;
    }

    /// Where the data set names its classes, another name would never come.
    private void checkName(KafkaConnection connection, Topics topics) {
        if (name == null) {
            return;
        }
        List<String> classes =
                DatasetTopic.read(connection, topics).map(Dataset::classes).orElse(List.of());
        if (!classes.isEmpty() && classes.stream().noneMatch(name::equalsIgnoreCase)) {
            throw new UserError("--name: no class is called '" + name + "'; they are " + String.join(", ", classes));
        }
    }

    private void check() {
        int clusters = pipeline == null ? PipelineName.MAX_K : pipeline.k();
        if (cluster != null && (cluster < 0 || cluster >= clusters)) {
            throw new UserError("--cluster must be 0 to " + (clusters - 1) + ", not " + cluster);
        }
        if (outlier != null && !(outlier >= 0 && outlier <= 1)) {
            throw new UserError("--outlier must be 0 to 1, not " + outlier);
        }
        if (most < 0) {
            throw new UserError("--max must be at least 0, not " + most);
        }
    }
}
