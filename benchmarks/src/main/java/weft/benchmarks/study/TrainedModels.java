package weft.benchmarks.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.Version;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Order;
import weft.producer.replay.ReplayPlan;
import weft.trainer.drift.DriftOptions;
import weft.trainer.learn.ImageRecord;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;

/// Models that have learnt for a while, for programs that measure what is done with them.
public final class TrainedModels {
    private static final int IMAGES = 20_000;

    private TrainedModels() {}

    /// The snapshot that each model has published last after 20,000 images of a shuffled replay.
    public static List<Snapshot> of(LabelledImages data, List<PipelineName> pipelines) {
        List<Snapshot> snapshots = new ArrayList<>();
        for (ModelPlan plan : DriftTrial.plans(data, pipelines, 42, DriftOptions.DEFAULTS)) {
            ReplayLog log = new ReplayLog(data, ReplayPlan.of(Order.SHUFFLED, 42, IMAGES, data), 1);
            ModelLearner learner = new ModelLearner(plan, log, Version.current(), Optional.empty());
            Newest newest = new Newest();
            log.replay((image, _, offset, endsEpoch) -> learner.accept(
                            new ImageRecord(0, offset, Optional.of(image), endsEpoch))
                    .flatMap(publication -> publication.snapshot())
                    .ifPresent(newest::set));
            snapshots.add(newest.get());
        }
        return snapshots;
    }

    /// The same snapshot as one that tells nothing of its clusters, so that no image is ranked.
    public static Snapshot withoutFacts(Snapshot snapshot) {
        return new Snapshot(snapshot.model(), snapshot.provenance());
    }

    private static final class Newest {
        private @Nullable Snapshot snapshot;

        void set(Snapshot published) {
            snapshot = published;
        }

        Snapshot get() {
            if (snapshot == null) {
                throw new IllegalStateException("nothing was published in " + IMAGES + " images");
            }
            return snapshot;
        }
    }
}
