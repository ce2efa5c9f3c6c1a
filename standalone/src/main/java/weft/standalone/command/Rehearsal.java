package weft.standalone.command;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Split;
import weft.kafka.service.Version;
import weft.producer.dataset.LabelledImages;
import weft.trainer.learn.DivergedException;
import weft.trainer.learn.ImageRecord;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;

/// Trains every model up to its first publication while the broker starts, and throws away what was learnt.
///
/// The kernels are slow until the JVM has compiled them. Without this they are compiled while a replay at full speed
/// keeps the cores busy, and the first assignment comes two seconds later.
final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /// The first milestone is 500 images, at the end of a mini-batch.
    private static final int IMAGES = 1_000;

    private volatile boolean stopped;

    private final Thread thread;

    private Rehearsal(LabelledImages images, List<ModelPlan> plans) {
        thread = Thread.ofPlatform()
                .name("rehearsal")
                .daemon()
                .unstarted(() -> plans.forEach(plan -> train(plan, images)));
    }

    /// Starts on a thread of its own.
    static Rehearsal start(LabelledImages images, List<ModelPlan> plans) {
        Rehearsal rehearsal = new Rehearsal(images, plans);
        rehearsal.thread.start();
        return rehearsal;
    }

    /// Waits for its end.
    void await() throws InterruptedException {
        thread.join();
    }

    private void train(ModelPlan plan, LabelledImages images) {
        // Of a training that begins nothing is read again.
        ModelLearner learner = new ModelLearner(plan, (_, _) -> {}, Version.current(), Optional.empty());
        int most = Math.min(IMAGES, images.size(Split.TRAIN));
        try {
            boolean published = false;
            for (int i = 0; i < most && !published && !stopped; i++) {
                ImageValues values = ImageValues.of(plan.shape(), images.raw(Split.TRAIN, i));
                Image image = new Image(Split.TRAIN, 0, values);
                published = learner.accept(new ImageRecord(0, i, Optional.of(image), false))
                        .isPresent();
            }
        } catch (DivergedException diverged) {
            // The training itself will say so, of the same images in its own order.
            LOG.debug("the rehearsal of {} diverged", plan.model(), diverged);
        }
    }

    /// Ends it after the image at hand, without waiting: from here on the trainings warm the kernels themselves.
    @Override
    public void close() {
        stopped = true;
    }
}
