package weft.scorer.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/// When what a task has done is committed: soon where it keeps up with its input, and less often where it is behind,
/// since a commit keeps its thread waiting for the broker, several times as long as it takes the broker.
///
/// Kafka Streams commits by itself after [#INTERVAL], which is the setting `commit.interval.ms`.
public final class CommitPace {
    /// How long what is done may wait for its commit: a decision shows within a second, also by who is behind.
    public static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Duration BEHIND = Duration.ofSeconds(1);

    /// How long it waits at who keeps up.
    public static final Duration SOON = Duration.ofMillis(100);

    private final ProcessingContext context;
    private @Nullable Cancellable due;
    private boolean asked;

    CommitPace(ProcessingContext context) {
        this.context = context;
    }

    /// Sees to it that what is done with a record is committed.
    ///
    /// @param written when the record was written, and `now`, in milliseconds since 1970
    void processed(long written, long now) {
        if (due == null && keepsUp(written, now)) {
            due = context.schedule(SOON, PunctuationType.WALL_CLOCK_TIME, _ -> commit());
        }
    }

    /// The same at once, for what readers of committed records wait for; who is behind does so the first time alone.
    void atOnce(long written, long now) {
        if (!asked || keepsUp(written, now)) {
            commit();
        }
    }

    private static boolean keepsUp(long written, long now) {
        return now - written < BEHIND.toMillis();
    }

    private void commit() {
        close();
        asked = true;
        context.commit();
    }

    /// Forgets what was due.
    void close() {
        if (due != null) {
            due.cancel();
            due = null;
        }
    }
}
