package weft.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import weft.core.service.KafkaConnection;
import weft.core.service.Service;
import weft.core.wire.Topics;
import weft.trainer.learn.ModelPlan;

/// Trains models, each on a thread and with a consumer of its own, so that a slow one holds nothing back.
public final class TrainerService implements Service {
    private final List<ModelTrainer> trainers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean failed;

    private TrainerService() {}

    /// Starts training.
    ///
    /// @param onFailure told, once for each model, why its training ended before it was closed
    public static TrainerService start(
            KafkaConnection kafka,
            Topics topics,
            List<ModelPlan> plans,
            MeterRegistry registry,
            Consumer<Throwable> onFailure) {
        TrainerService service = new TrainerService();
        for (ModelPlan plan : plans) {
            ModelTrainer trainer = new ModelTrainer(
                    kafka, topics, plan, new TrainerMetrics(registry, plan.model()), Clock.systemUTC());
            service.trainers.add(trainer);
            service.threads.add(Thread.ofPlatform()
                    .name("train-" + plan.model())
                    .uncaughtExceptionHandler((_, fault) -> {
                        service.failed = true;
                        onFailure.accept(fault);
                    })
                    .start(trainer));
        }
        return service;
    }

    @Override
    public String name() {
        return "trainer";
    }

    @Override
    public boolean live() {
        return !failed;
    }

    @Override
    public boolean ready() {
        return trainers.stream().allMatch(ModelTrainer::running);
    }

    @Override
    public void close() {
        trainers.forEach(ModelTrainer::stop);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException fault) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
