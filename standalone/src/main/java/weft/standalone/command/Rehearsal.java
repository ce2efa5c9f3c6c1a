package weft.standalone.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.model.Snapshot;
import weft.kafka.service.Version;
import weft.kafka.wire.InvalidSnapshotException;
import weft.standalone.Families;
import weft.trainer.learn.DivergedException;
import weft.trainer.learn.ImageRecord;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.Publication;
import weft.trainer.learn.Trainings;

/// Trains every model up to its first publication on made-up images while the broker starts, writes and reads its
/// snapshot, and throws away what was learnt.
///
/// The kernels are slow until the JVM has compiled them, and it compiles first what has run most. Without this it gets
/// to them while a replay at full speed keeps the cores busy, and the first assignment comes two seconds later.
final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /// The first milestone is 500 images, at the end of a mini-batch.
    private static final int IMAGES = 1_000;

    private static final int SIDE = 16;

    /// Small, as the kernels are slow at first: the same ones are compiled by images of any shape.
    static final Shape SHAPE = new Shape.Image(SIDE, SIDE, 1);

    private volatile boolean stopped;

    private final Thread thread;

    private Rehearsal(List<ModelPlan> plans, IntConsumer next) {
        thread = Thread.ofPlatform().name("rehearsal").daemon().unstarted(() -> train(plans, next));
    }

    /// Starts on a thread of its own, before anything is known of the images.
    static Rehearsal start(Trainings trainings) {
        List<ModelPlan> plans = List.of();
        try {
            plans = trainings.plans(SHAPE);
        } catch (IllegalArgumentException otherImages) {
            LOG.debug("no rehearsal: options are for images of another shape", otherImages);
        }
        return start(plans, _ -> {});
    }

    /// @param next told the number of each image before it is trained on
    static Rehearsal start(List<ModelPlan> plans, IntConsumer next) {
        Rehearsal rehearsal = new Rehearsal(plans, next);
        rehearsal.thread.start();
        return rehearsal;
    }

    /// Waits for its end.
    void await() throws InterruptedException {
        thread.join();
    }

    private void train(List<ModelPlan> plans, IntConsumer next) {
        List<ModelLearner> learners = new ArrayList<>();
        // Of a training that begins nothing is read again.
        plans.forEach(plan -> learners.add(new ModelLearner(plan, (_, _) -> {}, Version.current(), Optional.empty())));
        for (int i = 0; i < IMAGES && !learners.isEmpty() && !stopped; i++) {
            next.accept(i);
            ImageRecord record = new ImageRecord(0, i, Optional.of(new Image(Split.TRAIN, 0, wave(i))), false);
            learners.removeIf(learner -> ended(learner, record));
        }
    }

    private static boolean ended(ModelLearner learner, ImageRecord record) {
        try {
            Optional<Snapshot> snapshot = learner.accept(record).flatMap(Publication::snapshot);
            if (snapshot.isPresent()) {
                Families.SNAPSHOTS.decode(Families.SNAPSHOTS.encode(snapshot.get()));
            }
            return snapshot.isPresent();
        } catch (InvalidSnapshotException fault) {
            throw new IllegalStateException("a snapshot cannot be read again", fault);
        } catch (DivergedException diverged) {
            LOG.debug("a rehearsal diverged", diverged);
            return true;
        }
    }

    /// Waves of ten directions: of noise an autoencoder learns nothing.
    private static ImageValues wave(int i) {
        byte[] values = new byte[SHAPE.bytes()];
        int direction = i % 10;
        for (int v = 0; v < values.length; v++) {
            int y = v / SIDE;
            int x = v % SIDE;
            values[v] = (byte) (127.5 + 127.5 * Math.sin(i + (y * (direction - 4) + x * (5 - direction)) / 9.0));
        }
        return ImageValues.of(SHAPE, values);
    }

    /// Ends it after the image at hand, without waiting: from here on the trainings warm the kernels themselves.
    @Override
    public void close() {
        stopped = true;
    }
}
