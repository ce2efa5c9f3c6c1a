package weft.benchmarks.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import weft.core.image.Image;
import weft.core.image.Split;
import weft.core.metric.Quality;
import weft.core.model.PipelineName;
import weft.core.model.SnapshotPass;
import weft.evaluation.SplitTally;
import weft.kafka.service.Version;
import weft.kafka.wire.StreamEvent.Kind;
import weft.producer.dataset.LabelledImages;
import weft.producer.drift.Drift;
import weft.producer.replay.Order;
import weft.producer.replay.ReplayPlan;
import weft.standalone.Families;
import weft.trainer.drift.DriftOptions;
import weft.trainer.learn.Happening;
import weft.trainer.learn.ImageRecord;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.Publication;
import weft.trainer.learn.TrainingOptions;
import weft.trainer.learn.Trainings;

/// One model on one stream that changes.
final class DriftTrial {
    /// What was raised, and after how many images.
    record Raised(Kind kind, String signal, long images) {}

    private final ReplayLog log;
    private final ModelLearner learner;
    private final PipelineName pipeline;
    private final float[] pixels;
    private final List<Raised> raised = new ArrayList<>();
    private Optional<SnapshotPass> live = Optional.empty();
    private SplitTally window;

    DriftTrial(
            LabelledImages data,
            PipelineName pipeline,
            List<String> drifts,
            int epochs,
            long seed,
            DriftOptions options) {
        this.pipeline = pipeline;
        pixels = new float[data.describe().shape().values()];
        window = new SplitTally(pipeline.k());
        List<Drift> parsed = drifts.stream().map(Drift::parse).toList();
        log = new ReplayLog(data, ReplayPlan.of(Order.SHUFFLED, seed, 0, data, parsed), epochs);
        learner = new ModelLearner(
                plans(data, List.of(pipeline), seed, options).getFirst(), log, Version.current(), Optional.empty());
    }

    /// The trainings of these pipelines, with the usual options.
    static List<ModelPlan> plans(LabelledImages data, List<PipelineName> pipelines, long seed, DriftOptions options) {
        TrainingOptions usual = TrainingOptions.defaults(seed);
        return new Trainings(
                        pipelines,
                        Families.ALL,
                        new TrainingOptions(seed, usual.batch(), usual.publishEvery(), usual.publishSeconds(), options),
                        OptionValues.of(
                                Families.ALL.stream()
                                        .flatMap(family -> family.options().stream())
                                        .toList(),
                                Map.of()))
                .plans(data.describe().shape());
    }

    int size() {
        return log.size();
    }

    /// Trains on the images from one offset to another.
    void run(int from, int to) {
        for (int offset = from; offset < to; offset++) {
            log.replay(offset, this::record);
        }
    }

    private void record(Image image, int label, long offset, boolean endsEpoch) {
        if (live.isPresent() && image.split() == Split.TRAIN) {
            image.values().toFloats(pixels, 0);
            live.get()
                    .score(
                            pixels,
                            (_, assignment, objective) ->
                                    window.add(assignment.cluster(), OptionalInt.of(label), objective));
        }
        Optional<Publication> publication = learner.accept(new ImageRecord(0, offset, Optional.of(image), endsEpoch));
        publication.ifPresent(given -> {
            given.snapshot().ifPresent(snapshot -> live = Optional.of(new SnapshotPass(snapshot, _ -> true)));
            for (Happening one : given.events()) {
                raised.add(new Raised(one.kind(), String.valueOf(one.details().get("signal")), learner.imagesMet()));
            }
        });
    }

    /// What was raised so far.
    List<Raised> raised() {
        return List.copyOf(raised);
    }

    /// The accuracy of the train images since the last call, each judged before it was learnt.
    double accuracy() {
        var table = window.table();
        double accuracy = Quality.of(table, table).accuracy();
        window = new SplitTally(pipeline.k());
        return accuracy;
    }
}
