package weft.benchmarks.study;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Split;
import weft.core.metric.ContingencyTable;
import weft.core.metric.ReconstructionLoss;
import weft.core.model.Clusterer;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;
import weft.evaluation.SplitTally;
import weft.kafka.service.Version;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Order;
import weft.producer.replay.ReplayPlan;
import weft.trainer.learn.ImageRecord;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.Publication;

/// One model's training on one replay, step for step as the trainer service does it.
final class Training {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LabelledImages data;
    private final ModelPlan plan;
    private final ReplayLog log;
    private final ModelLearner learner;
    private final IdStability stability;
    private final Map<PipelineName, SplitTally> prequential = new HashMap<>();
    private final Map<PipelineName, SplitTally> secondHalf = new HashMap<>();
    private final Set<Integer> evaluateAfter;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final float[] pixels;
    private final long halfway;
    private final BiConsumer<Snapshot, Integer> evaluated;
    private @Nullable Snapshot newest;
    private @Nullable SnapshotPass live;
    private long seen;
    private long trainingNanos;

    private Training(
            LabelledImages data,
            ModelPlan plan,
            Order order,
            Set<Integer> evaluateAfter,
            BiConsumer<Snapshot, Integer> evaluated) {
        this.evaluated = evaluated;
        this.data = data;
        pixels = new float[data.describe().shape().values()];
        this.plan = plan;
        this.evaluateAfter = evaluateAfter;
        ReplayPlan replay = ReplayPlan.of(order, plan.options().seed(), 0, data);
        int epochs = evaluateAfter.stream().mapToInt(Integer::intValue).max().orElseThrow();
        log = new ReplayLog(data, replay, epochs);
        learner = new ModelLearner(plan, log, Version.current(), Optional.empty());
        stability = new IdStability(data);
        halfway = replay.train() / 2;
    }

    /// Trains and evaluates.
    ///
    /// @param evaluateAfter after which passes
    static List<Outcome> run(LabelledImages data, ModelPlan plan, Order order, Set<Integer> evaluateAfter) {
        return run(data, plan, order, evaluateAfter, (_, _) -> {});
    }

    /// The same.
    ///
    /// @param evaluated also takes each snapshot that is evaluated, with the passes so far
    static List<Outcome> run(
            LabelledImages data,
            ModelPlan plan,
            Order order,
            Set<Integer> evaluateAfter,
            BiConsumer<Snapshot, Integer> evaluated) {
        Training training = new Training(data, plan, order, evaluateAfter, evaluated);
        training.log.replay(training::record);
        return training.outcomes;
    }

    private void record(Image image, int label, long offset, boolean endsEpoch) {
        if (image.split() == Split.TRAIN && image.epoch() == 0) {
            judge(image, label);
        }
        long start = THREADS.getCurrentThreadCpuTime();
        Optional<Publication> publication = learner.accept(new ImageRecord(0, offset, Optional.of(image), endsEpoch));
        trainingNanos += THREADS.getCurrentThreadCpuTime() - start;
        publication.flatMap(Publication::snapshot).ifPresent(snapshot -> {
            newest = snapshot;
            live = new SnapshotPass(snapshot, _ -> true);
            stability.published(snapshot);
        });
        if (endsEpoch && evaluateAfter.contains(image.epoch() + 1)) {
            evaluate(Objects.requireNonNull(newest), image.epoch() + 1);
            evaluated.accept(newest, image.epoch() + 1);
        }
    }

    private void judge(Image image, int label) {
        boolean late = seen++ >= halfway;
        if (live == null) {
            return;
        }
        image.values().toFloats(pixels, 0);
        live.score(pixels, (pipeline, assignment, objective) -> {
            tally(prequential, pipeline).add(assignment.cluster(), OptionalInt.of(label), objective);
            if (late) {
                tally(secondHalf, pipeline).add(assignment.cluster(), OptionalInt.of(label), objective);
            }
        });
    }

    private static SplitTally tally(Map<PipelineName, SplitTally> tallies, PipelineName pipeline) {
        return tallies.computeIfAbsent(pipeline, _ -> new SplitTally(pipeline.k()));
    }

    private void evaluate(Snapshot snapshot, int epochs) {
        Map<PipelineName, SplitTally> train = score(snapshot, Split.TRAIN);
        Map<PipelineName, SplitTally> test = score(snapshot, Split.TEST);
        double validationLoss = validationLoss(snapshot);
        for (PipelineName pipeline : plan.pipelines()) {
            Clusterer clusterer =
                    Objects.requireNonNull(snapshot.model().clusterers().get(pipeline));
            ContingencyTable classes = tally(train, pipeline).table();
            ContingencyTable lived = tally(prequential, pipeline).table();
            ContingencyTable late = tally(secondHalf, pipeline).table();
            outcomes.add(new Outcome(
                    pipeline,
                    plan.options().seed(),
                    epochs,
                    tally(train, pipeline).figures(classes, clusterer),
                    tally(test, pipeline).figures(classes, clusterer),
                    tally(prequential, pipeline).figures(lived, clusterer),
                    tally(secondHalf, pipeline).figures(late, clusterer),
                    stability.worst(pipeline),
                    stability.median(pipeline),
                    validationLoss,
                    trainingNanos / 1e9));
        }
    }

    private Map<PipelineName, SplitTally> score(Snapshot snapshot, Split split) {
        Map<PipelineName, SplitTally> tallies = new HashMap<>();
        SnapshotPass pass = new SnapshotPass(snapshot, _ -> true);
        for (int i = 0; i < data.size(split); i++) {
            OptionalInt label =
                    OptionalInt.of(Integer.parseInt(data.label(split, i).orElseThrow()));
            ImageValues.of(data.describe().shape(), data.raw(split, i)).toFloats(pixels, 0);
            pass.score(
                    pixels,
                    (pipeline, assignment, objective) ->
                            tally(tallies, pipeline).add(assignment.cluster(), label, objective));
        }
        return tallies;
    }

    private double validationLoss(Snapshot snapshot) {
        return snapshot.model()
                .decoder()
                .map(decoder -> {
                    ReconstructionLoss loss =
                            new ReconstructionLoss(snapshot.model().encoder(), decoder);
                    for (int i = 0; i < data.size(Split.TEST); i++) {
                        ImageValues.of(data.describe().shape(), data.raw(Split.TEST, i))
                                .toFloats(pixels, 0);
                        loss.add(pixels);
                    }
                    return loss.mean();
                })
                .orElse(Double.NaN);
    }
}
