package weft.standalone.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.MetricsServer;
import weft.kafka.service.UserError;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.scorer.lookup.LookupRoutes;

/// Scoring alone.
@Command(
        name = "score",
        description = "Assigns clusters live and keeps the running quality.",
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    @Mixin
    private final PipelineOptions pipelines = new PipelineOptions();

    @Mixin
    private final LabelOptions labels = new LabelOptions();

    @Mixin
    private final LookupOption lookup = new LookupOption();

    @Mixin
    private final RivalOptions rivals = new RivalOptions();

    @Option(
            names = "--dir",
            defaultValue = "data/scorer",
            paramLabel = "DIR",
            description = "State of this instance alone (default: ${DEFAULT-VALUE})")
    private Path dir = Path.of("data");

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "At most one for each partition is of use (default: ${DEFAULT-VALUE})")
    private int threads;

    @Override
    public Integer call() throws InterruptedException {
        if (threads < 1 || threads > 256) {
            throw new UserError("--threads must be 1 to 256, not " + threads);
        }
        LabelPolicy labelPolicy = labels.policy();
        Optional<Duration> maxModelAge = rivals.maxModelAge();
        try (Running running = new Running()) {
            KafkaConnection connection = kafka.connect();
            Optional<LookupRoutes> routes = lookup.routes();
            MetricsServer server = running.add(routes.isPresent() ? metrics.start(routes.get()) : metrics.start());
            Optional<Parts> told = Parts.await(running, server, connection, kafka.ensureTopics(connection));
            if (told.isEmpty()) {
                return 0;
            }
            Parts parts = told.get();
            ScorerOptions options = new ScorerOptions(
                    pipelines.pipelines(), dir, threads, labelPolicy, rivals.publishChallengers(), maxModelAge, true);
            parts.add(ScorerService.start(parts.context(), options, routes));
            parts.complete();
            running.awaitEnd();
        }
        return 0;
    }
}
