package weft.trainer;

import java.util.ArrayList;
import java.util.List;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.trainer.learn.ModelPlan;

/// Trains models, each on a thread and with a consumer of its own, so that a slow one holds nothing back.
public final class TrainerService implements Service {
    private final List<ModelTrainer> trainers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean failed;

    private TrainerService() {}

    /// Starts training.
    ///
    /// @param context whose `onFailure` is told once for each model
    public static TrainerService start(ServiceContext context, List<ModelPlan> plans) {
        TrainerService service = new TrainerService();
        for (ModelPlan plan : plans) {
            ModelTrainer trainer = new ModelTrainer(
                    context.kafka(),
                    context.topics(),
                    plan,
                    new TrainerMetrics(context.meters(), plan.model().toString()),
                    context.clock());
            service.trainers.add(trainer);
            service.threads.add(Thread.ofPlatform()
                    .name("train-" + plan.model())
                    .uncaughtExceptionHandler((_, fault) -> {
                        service.failed = true;
                        context.onFailure().accept(fault);
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
