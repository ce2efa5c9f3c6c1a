package weft.trainer;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.Supervised;
import weft.kafka.service.TopicGuard;
import weft.kafka.service.Trouble;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;

/// Trains one model for as long as the process lives: one [TrainingSession] after the other, each from the last
/// commit, so that Kafka in trouble costs time and nothing else.
final class ModelTrainer implements AutoCloseable {
    private final ServiceContext context;
    private final ModelPlan plan;
    private final long historyBytes;
    private final TrainerMetrics metrics;
    private final Trouble trouble;
    private final Supervised sessions;
    private @Nullable Claim claim;
    private volatile @Nullable TrainingSession newest;
    private volatile @Nullable TopicGuard guard;

    ModelTrainer(ServiceContext context, ModelPlan plan, long historyBytes, Consumer<Throwable> onFailure) {
        this.context = context;
        this.plan = plan;
        this.historyBytes = historyBytes;
        metrics = new TrainerMetrics(context.meters(), plan.model().toString());
        trouble = Trouble.metered("training of " + plan.model(), context.clock(), context.meters());
        sessions = Supervised.start("train-" + plan.model(), this::session, trouble, onFailure);
    }

    private TrainingSession session() {
        TopicGuard images = guard;
        if (images == null) {
            images = TopicGuard.open(context.kafka(), List.of(context.topics().images()));
            // For all sessions: none goes on with another topic of that name.
            guard = images;
        }
        TrainingSession session =
                TrainingSession.open(context, plan, historyBytes, metrics, images, Optional.ofNullable(claim));
        claim = session.claim();
        newest = session;
        return session;
    }

    /// Whether it reads and learns right now.
    boolean running() {
        return sessions.working();
    }

    /// What the first publication waits for, while it does.
    Optional<ModelLearner.FirstImages> waitsFor() {
        TrainingSession session = newest;
        return session == null || !running() ? Optional.empty() : session.waitsFor();
    }

    List<String> troubles() {
        return trouble.report().stream().toList();
    }

    /// Asks it to stop after the record at hand, without waiting.
    void stop() {
        sessions.stop();
    }

    @Override
    public void close() {
        sessions.close();
        TopicGuard opened = guard;
        if (opened != null) {
            opened.close();
        }
    }
}
