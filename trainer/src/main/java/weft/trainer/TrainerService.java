package weft.trainer;

import java.util.ArrayList;
import java.util.List;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.trainer.learn.ModelPlan;

/// Trains models, each on a thread and with clients of its own, so that neither a slow one nor one in trouble
/// holds another back.
public final class TrainerService implements Service {
    private final List<ModelTrainer> trainers = new ArrayList<>();
    private volatile boolean failed;

    private TrainerService() {}

    /// Starts training.
    public static TrainerService start(ServiceContext context, List<ModelPlan> plans) {
        TrainerService service = new TrainerService();
        for (ModelPlan plan : plans) {
            service.trainers.add(new ModelTrainer(context, plan, fault -> {
                service.failed = true;
                context.onFailure().accept(fault);
            }));
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
    public List<String> troubles() {
        return trainers.stream().flatMap(trainer -> trainer.troubles().stream()).toList();
    }

    @Override
    public void close() {
        trainers.forEach(ModelTrainer::stop);
        trainers.forEach(ModelTrainer::close);
    }
}
