package weft.trainer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.Silence;
import weft.trainer.learn.ModelPlan;

/// Trains models, each on a thread and with clients of its own, so that neither a slow one nor one in trouble
/// holds another back.
public final class TrainerService implements Service {
    private final List<ModelTrainer> trainers = new ArrayList<>();
    private volatile boolean failed;

    private final Silence silence;

    private TrainerService(ServiceContext context, List<ModelPlan> plans, long historyBytes) {
        for (ModelPlan plan : plans) {
            trainers.add(new ModelTrainer(context, plan, historyBytes, fault -> {
                failed = true;
                context.onFailure().accept(fault);
            }));
        }
        String images = context.topics().images();
        silence = Silence.start(
                context,
                "training-silence",
                Silence.Watched.logged("training", List.of(images), _ -> waitsFor(images)));
    }

    /// Starts training.
    public static TrainerService start(ServiceContext context, List<ModelPlan> plans) {
        return start(context, plans, ModelHistory.DEFAULT_BYTES);
    }

    /// The same.
    ///
    /// @param historyBytes that the versions of each model may take on their topic
    public static TrainerService start(ServiceContext context, List<ModelPlan> plans, long historyBytes) {
        return new TrainerService(context, plans, historyBytes);
    }

    /// The model that has the furthest to go tells for all.
    private Optional<Silence.Cause> waitsFor(String images) {
        return trainers.stream()
                .flatMap(trainer -> trainer.waitsFor().stream())
                .max(Comparator.comparingLong(first -> first.needed() - first.have()))
                .map(first -> new Silence.Cause(
                        "images",
                        "waiting for images to learn from: " + first.have() + " of " + first.needed() + " on "
                                + images));
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
        return Stream.concat(
                        trainers.stream().flatMap(trainer -> trainer.troubles().stream()), silence.report().stream())
                .toList();
    }

    @Override
    public void close() {
        silence.close();
        trainers.forEach(ModelTrainer::stop);
        trainers.forEach(ModelTrainer::close);
    }
}
