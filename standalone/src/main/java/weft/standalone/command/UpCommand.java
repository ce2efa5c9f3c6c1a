package weft.standalone.command;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.model.PipelineName;
import weft.evaluation.Evaluation;
import weft.evaluation.StreamSummary;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.Futures;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.MetricsServer;
import weft.kafka.service.Repeated;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.Trouble;
import weft.kafka.service.UserError;
import weft.kafka.wire.Keep;
import weft.kafka.wire.Topics;
import weft.monitoring.KafkaWatch;
import weft.monitoring.QualityWatch;
import weft.monitoring.page.LivePage;
import weft.producer.ReplayJob;
import weft.producer.ReplayProgress;
import weft.producer.ReplayService;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Pace;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.scorer.lookup.LookupRoutes;
import weft.standalone.CompilerFirst;
import weft.standalone.Families;
import weft.standalone.broker.Coordinators;
import weft.trainer.TrainerService;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.Trainings;

/// Everything in one JVM, by the very classes of the other subcommands.
@Command(
        name = "up",
        description = "Runs everything: broker, replay, training, scoring, the live page.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final double WATCHABLE_RATE = 1_000;

    /// Records that most trainers learn from in less time than it takes to read what went through.
    private static final long NEARLY_ALL = 5_000;

    /// The running quality comes once a second; this is for a busy machine.
    private static final Duration QUALITY_PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    @Mixin
    private final KeepOptions keep = new KeepOptions();

    @Mixin
    private final PageOptions page = new PageOptions();

    @Mixin
    private final PipelineOptions pipelines = new PipelineOptions();

    @Mixin
    private final TrainingFlags training = new TrainingFlags();

    @Mixin
    private final LabelOptions labels = new LabelOptions();

    @Mixin
    private final RivalOptions rivals = new RivalOptions();

    @Mixin
    private final LookupOption lookup = new LookupOption();

    @Mixin
    private final ReplayOptions replay = new ReplayOptions();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Mixin
    private final BrokerOptions broker = new BrokerOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Images a second; 0 for as fast as it goes (default: 1000, with --once 0)")
    private @Nullable Double rate;

    @Option(names = "--once", description = "Stop when all is produced, trained and scored; then evaluate")
    private boolean once;

    @Option(
            names = "--nice",
            defaultValue = "10",
            paramLabel = "N",
            description = "After 10 seconds all threads but the JVM's compiler go on at this priority, 0 to 19; 0 "
                    + "changes nothing (default: ${DEFAULT-VALUE})")
    private int nice;

    @Override
    public Integer call() throws InterruptedException {
        CompilerFirst.check(nice);
        broker.check();
        kafka.check();
        page.check();
        report.check();
        double perSecond = ReplayOptions.checkRate(rate != null ? rate : once ? 0 : WATCHABLE_RATE);
        replay.check();
        Keep wanted = ownBroker() ? keep.keepOwn(kafka.partitions()) : keep.keep(kafka.partitions());
        int epochs = replay.epochs();
        List<PipelineName> chosen = training.named(pipelines.pipelines());
        Trainings trainings = training.trainings(chosen, seed.seed());
        LabelPolicy labelPolicy = labels.policy();
        Optional<Duration> maxModelAge = rivals.maxModelAge();
        try (Running running = new Running()) {
            running.add(CompilerFirst.start(nice));
            CompletableFuture<LabelledImages> loading = Futures.start(replay::load);
            CompletableFuture<ReplayJob> replaying = loading.thenApply(
                    images -> new ReplayJob(images, replay.plan(seed.seed(), images), epochs, Pace.of(perSecond)));
            CompletableFuture<List<ModelPlan>> planning = loading.thenApply(
                    images -> TrainingFlags.plans(trainings, images.describe().shape()));
            Rehearsal rehearsal = Rehearsal.start(trainings);
            Optional<LookupRoutes> routes = lookup.routes();
            CompletableFuture<MetricsServer> serving = Futures.start(
                    () -> running.add(routes.isPresent() ? metrics.start(routes.get()) : metrics.start()));
            KafkaConnection connection = connect(running);
            Topics topics = kafka.ensureTopics(connection, wanted);
            LabelledImages dataset = Futures.join(loading);
            ReplayJob job = Futures.join(replaying);
            CompletableFuture<Void> told = DatasetTopic.telling(connection, topics, dataset.describe());
            MetricsServer server = Futures.join(serving);
            Parts parts = new Parts(running, server, connection, topics, dataset.describe());
            List<ModelPlan> plans = Futures.join(planning);
            checkEnough(job.plan().firstTrain(dataset), plans);
            if (ownBroker()) {
                System.out.println(keep.lasts(perSecond, Footprint.of(dataset, perSecond, chosen.size())));
            }

            ServiceContext context = parts.context();
            // Before anything works and says so: its port may be in use.
            LivePage live = page.start(parts, metrics.host());
            parts.add(TrainerService.start(
                    once ? context : parts.contextUnlessDiverged(), plans, training.historyBytes()));
            rehearsal.close();
            ScorerService scorer = parts.add(ScorerService.start(
                    context,
                    new ScorerOptions(
                            chosen,
                            broker.dir().resolve("scorer"),
                            1,
                            labelPolicy,
                            rivals.publishChallengers(),
                            maxModelAge,
                            perSecond > 0),
                    routes));
            parts.add(KafkaWatch.start(context));
            Futures.join(told);
            QualityWatch watch = parts.add(QualityWatch.start(context));
            ReplayService replayed = parts.add(ReplayService.start(
                    context, job.once(scorer::ready), ReplayProgress.onTerminalOrPlain(System.err, watch::summary)));
            parts.complete();

            tellAddresses(context, PageOptions.address(metrics.host(), live), Ports.url(metrics.host(), server.port()));
            replayed.await();
            replayed.drift().ifPresent(System.err::println);
            running.rethrow();
            if (once) {
                evaluate(running, context, plans);
            } else {
                stayUp(running);
            }
        }
        return 0;
    }

    private static void stayUp(Running running) throws InterruptedException {
        if (!running.ending()) {
            System.out.println("the replay has ended; all stays up, also for images of other programs (Ctrl-C stops)");
        }
        running.awaitEnd();
    }

    private boolean ownBroker() {
        return kafka.address().isEmpty();
    }

    private KafkaConnection connect(Running running) {
        if (!ownBroker()) {
            return kafka.connect();
        }
        KafkaConnection connection =
                kafka.connection(running.add(broker.start(metrics.host())).address());
        Thread.ofPlatform().name("coordinators").daemon().start(() -> Coordinators.wake(connection));
        return connection;
    }

    /// A model with more clusters than there are images would keep everybody waiting.
    private static void checkEnough(int images, List<ModelPlan> plans) {
        for (ModelPlan model : plans) {
            if (images < model.fewestImages()) {
                throw new UserError("the replay has " + images + " training images, fewer than the "
                        + model.fewestImages() + " clusters of model " + model.model() + " (--limit)");
            }
        }
    }

    private static void tellAddresses(ServiceContext context, String page, String metrics) {
        String bootstrap = context.kafka().bootstrap();
        System.out.printf(
                Locale.ROOT,
                "live page: %s   Kafka: %s   metrics: %s/metrics%n"
                        + "assignments: kcat -b %s -t %s -C   (Ctrl-C stops)%n",
                page,
                bootstrap,
                metrics,
                bootstrap,
                context.topics().assignments());
    }

    private void evaluate(Running running, ServiceContext context, List<ModelPlan> plans) throws InterruptedException {
        Trouble trouble = Trouble.metered("end of the stream", context.clock(), context.meters());
        Optional<Drained> drained = Repeated.run("drain", trouble, running::ending, () -> drained(context, plans));
        running.rethrow();
        if (drained.isEmpty()) {
            return;
        }
        Instant started =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        Evaluation.Request request = new Evaluation.Request(
                context.dataset(),
                Families.SNAPSHOTS,
                training.named(pipelines.pipelines()),
                Optional.of(started),
                QUALITY_PATIENCE,
                OptionalInt.empty());
        Repeated.run(
                        "evaluation",
                        trouble,
                        running::ending,
                        () -> drained.get()
                                .summary()
                                .map(summary -> Evaluation.run(context.kafka(), context.topics(), request, summary))
                                .orElseGet(() -> Evaluation.run(context.kafka(), context.topics(), request)))
                .ifPresent(report::tell);
        running.rethrow();
    }

    /// All is scored and trained.
    ///
    /// @param summary what went through, read while trainings went on; empty where they had nearly ended, and it is
    ///     read beside the final models
    private record Drained(Optional<StreamSummary> summary) {}

    private static Drained drained(ServiceContext context, List<ModelPlan> plans) throws InterruptedException {
        Topics topics = context.topics();
        List<String> trainers = plans.stream()
                .map(plan -> topics.trainerGroup(plan.model().toString()))
                .toList();
        Drain drain = Drain.now(context.kafka(), topics);
        drain.await(List.of(topics.scorerApplication()));
        Optional<StreamSummary> summary = drain.near(trainers, NEARLY_ALL)
                ? Optional.empty()
                : Optional.of(StreamSummary.read(context.kafka(), topics, context.dataset()));
        drain.await(trainers);
        return new Drained(summary);
    }
}
