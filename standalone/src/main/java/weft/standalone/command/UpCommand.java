package weft.standalone.command;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.model.PipelineName;
import weft.core.service.KafkaConnection;
import weft.core.service.MetricsServer;
import weft.core.service.ServiceContext;
import weft.core.service.UserError;
import weft.core.wire.Topics;
import weft.evaluation.Evaluation;
import weft.monitoring.KafkaWatch;
import weft.monitoring.QualityWatch;
import weft.monitoring.page.LivePage;
import weft.producer.ReplayProgress;
import weft.producer.ReplayService;
import weft.producer.dataset.Dataset;
import weft.producer.replay.ReplayPlan;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.scorer.lookup.LookupRoutes;
import weft.standalone.broker.EmbeddedBroker;
import weft.trainer.TrainerService;
import weft.trainer.autoencoder.Nd4jSetup;
import weft.trainer.learn.ModelPlan;

/// Everything in one JVM, by the very classes of the other subcommands.
@Command(
        name = "up",
        description = "Runs everything: broker, replay, training, scoring, the live page.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final double WATCHABLE_RATE = 1_000;

    /// The running quality comes once a second; this is for a busy machine.
    private static final Duration QUALITY_PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    @Mixin
    private final PageOptions page = new PageOptions();

    @Mixin
    private final PipelineOptions pipelines = new PipelineOptions();

    @Mixin
    private final TrainingFlags training = new TrainingFlags();

    @Mixin
    private final LabelOptions labels = new LabelOptions();

    @Mixin
    private final LookupOption lookup = new LookupOption();

    @Mixin
    private final ReplayOptions replay = new ReplayOptions();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Option(
            names = "--dir",
            defaultValue = "data",
            paramLabel = "DIR",
            description = "Keeps everything (default: ${DEFAULT-VALUE})")
    private Path dir = Path.of("data");

    @Option(
            names = "--kafka-port",
            defaultValue = "9092",
            paramLabel = "PORT",
            description = "Of the embedded broker; 0 for a free one (default: ${DEFAULT-VALUE})")
    private int kafkaPort;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Images a second; 0 for as fast as it goes (default: 1000, with --once 0)")
    private @Nullable Double rate;

    @Option(names = "--once", description = "Stop when all is produced, trained and scored; then evaluate")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        Ports.check("--kafka-port", kafkaPort);
        kafka.check();
        page.check();
        report.check();
        double perSecond = ReplayOptions.checkRate(rate != null ? rate : once ? 0 : WATCHABLE_RATE);
        int epochs = replay.epochs();
        List<PipelineName> chosen = pipelines.pipelines();
        List<ModelPlan> plans = training.plans(chosen, seed.seed());
        LabelPolicy labelPolicy = labels.policy();
        try (Running running = new Running()) {
            // The data set and ND4J's native code load while the broker starts.
            CompletableFuture<Dataset> data = CompletableFuture.supplyAsync(replay::load);
            CompletableFuture<Void> natives = plans.stream().anyMatch(ModelPlan::hasNetwork)
                    ? CompletableFuture.runAsync(Nd4jSetup::ensure)
                    : CompletableFuture.completedFuture(null);
            Optional<LookupRoutes> routes = lookup.routes();
            MetricsServer server = running.add(routes.isPresent() ? metrics.start(routes.get()) : metrics.start());
            KafkaConnection connection = connect(running);
            Topics topics = kafka.ensureTopics(connection);
            Dataset dataset = Futures.join(data);
            Futures.join(natives);
            ReplayPlan plan = replay.plan(seed.seed(), dataset);
            checkEnough(plan, plans);
            LivePage live = page.start(connection, topics, metrics.host(), running);
            server.watch(live);
            server.watch(running.add(KafkaWatch.start(connection, topics, server.registry(), running::fail)));
            QualityWatch watch = running.add(QualityWatch.start(connection, topics, running::fail));
            server.watch(running.add(TrainerService.start(
                    connection, topics, plans, server.registry(), once ? running::fail : running::failUnlessDiverged)));
            ServiceContext context =
                    new ServiceContext(connection, topics, server.registry(), Clock.systemUTC(), running::fail);
            ScorerOptions scoring = new ScorerOptions(chosen, dir.resolve("scorer"), 1, labelPolicy);
            server.watch(running.add(ScorerService.start(context, scoring, routes)));
            ReplayService replayed = running.add(ReplayService.start(
                    connection,
                    topics,
                    dataset,
                    plan,
                    epochs,
                    perSecond,
                    ReplayProgress.onTerminalOrPlain(System.err, watch::summary),
                    server.registry(),
                    running::fail));
            server.watch(replayed);
            server.started();
            tellAddresses(connection, topics, server, PageOptions.address(metrics.host(), live));
            if (once) {
                runOnce(running, connection, topics, plans, replayed);
            } else {
                replayed.await();
                running.rethrow();
                if (!running.ending()) {
                    System.out.println(
                            "the replay has ended; all stays up, also for images of other programs (Ctrl-C stops)");
                }
                running.awaitEnd();
            }
        }
        return 0;
    }

    private KafkaConnection connect(Running running) {
        if (kafka.address().isPresent()) {
            return kafka.connect();
        }
        EmbeddedBroker broker = running.add(EmbeddedBroker.start(dir.resolve("kafka"), metrics.host(), kafkaPort));
        return kafka.connection(broker.address());
    }

    /// A model with more clusters than there are images would keep everybody waiting.
    private static void checkEnough(ReplayPlan plan, List<ModelPlan> plans) {
        for (ModelPlan model : plans) {
            if (plan.train() < model.fewestImages()) {
                throw new UserError("the replay has " + plan.train() + " training images, fewer than the "
                        + model.fewestImages() + " clusters of model " + model.model() + " (--limit)");
            }
        }
    }

    private static void tellAddresses(KafkaConnection connection, Topics topics, MetricsServer server, String page) {
        System.out.printf(
                "live page: %s   Kafka: %s   metrics: http://127.0.0.1:%d/metrics%n"
                        + "assignments: kcat -b %s -t %s -C   (Ctrl-C stops)%n",
                page, connection.bootstrap(), server.port(), connection.bootstrap(), topics.assignments());
    }

    private void runOnce(
            Running running, KafkaConnection connection, Topics topics, List<ModelPlan> plans, ReplayService replayed)
            throws InterruptedException {
        replayed.await();
        running.rethrow();
        Drain.await(connection, topics, plans.stream().map(ModelPlan::model).toList(), running::ending);
        running.rethrow();
        if (!running.ending()) {
            Instant started =
                    Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
            report.tell(Evaluation.run(
                    connection,
                    topics,
                    new Evaluation.Request(
                            pipelines.pipelines(), Optional.of(started), QUALITY_PATIENCE, OptionalInt.empty())));
        }
    }
}
