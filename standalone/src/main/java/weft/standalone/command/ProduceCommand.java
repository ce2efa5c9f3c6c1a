package weft.standalone.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.service.KafkaConnection;
import weft.core.service.MetricsServer;
import weft.core.wire.Topics;
import weft.producer.ReplayProgress;
import weft.producer.ReplayService;
import weft.producer.dataset.Dataset;
import weft.producer.replay.ReplayPlan;

/// The replay alone.
@Command(
        name = "produce",
        description = "Replays the data set onto the images topic and ends when all is acknowledged.",
        mixinStandardHelpOptions = true)
final class ProduceCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    @Mixin
    private final ReplayOptions replay = new ReplayOptions();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "N",
            description = "Images a second; 0 for as fast as it goes (default: ${DEFAULT-VALUE})")
    private double rate;

    @Override
    public Integer call() throws InterruptedException {
        double perSecond = ReplayOptions.checkRate(rate);
        int epochs = replay.epochs();
        try (Running running = new Running()) {
            Dataset dataset = replay.load();
            ReplayPlan plan = replay.plan(seed.seed(), dataset);
            KafkaConnection connection = kafka.connect();
            MetricsServer server = running.add(metrics.start());
            Topics topics = kafka.ensureTopics(connection);
            ReplayService service = running.add(ReplayService.start(
                    connection,
                    topics,
                    dataset,
                    plan,
                    epochs,
                    perSecond,
                    ReplayProgress.onTerminalOrPlain(System.err, List::of),
                    server.registry(),
                    running::fail));
            server.watch(service);
            server.started();
            service.await();
            running.rethrow();
        }
        return 0;
    }
}
