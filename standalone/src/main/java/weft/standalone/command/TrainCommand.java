package weft.standalone.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.MetricsServer;
import weft.trainer.TrainerService;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.Trainings;

/// Training alone.
@Command(
        name = "train",
        description = "Learns from the images topic and publishes snapshots.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    @Mixin
    private final PipelineOptions pipelines = new PipelineOptions();

    @Mixin
    private final TrainingFlags training = new TrainingFlags();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Override
    public Integer call() throws InterruptedException {
        Trainings trainings = training.trainings(training.named(pipelines.pipelines()), seed.seed());
        try (Running running = new Running()) {
            KafkaConnection connection = kafka.connect();
            MetricsServer server = running.add(metrics.start());
            Optional<Parts> told = Parts.await(running, server, connection, kafka.ensureTopics(connection));
            if (told.isEmpty()) {
                return 0;
            }
            Parts parts = told.get();
            List<ModelPlan> plans =
                    TrainingFlags.plans(trainings, parts.context().dataset().shape());
            parts.add(TrainerService.start(parts.contextUnlessDiverged(), plans, training.historyBytes()));
            parts.complete();
            running.awaitEnd();
        }
        return 0;
    }
}
