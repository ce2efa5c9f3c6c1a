package weft.standalone.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.MetricsServer;
import weft.kafka.wire.Topics;
import weft.producer.ReplayJob;
import weft.producer.ReplayProgress;
import weft.producer.ReplayService;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Pace;

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
        replay.check();
        int epochs = replay.epochs();
        try (Running running = new Running()) {
            LabelledImages dataset = replay.load();
            ReplayJob job = new ReplayJob(dataset, replay.plan(seed.seed(), dataset), epochs, Pace.of(perSecond));
            KafkaConnection connection = kafka.connect();
            MetricsServer server = running.add(metrics.start());
            Topics topics = kafka.ensureTopics(connection);
            DatasetTopic.tell(connection, topics, dataset.describe());
            Parts parts = new Parts(running, server, connection, topics, dataset.describe());
            ReplayService service = parts.add(
                    ReplayService.start(parts.context(), job, ReplayProgress.onTerminalOrPlain(System.err, List::of)));
            parts.complete();
            service.await();
            service.drift().ifPresent(System.err::println);
            running.rethrow();
        }
        return 0;
    }
}
