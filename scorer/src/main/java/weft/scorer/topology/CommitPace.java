package weft.scorer.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/// When what a task has done is committed: soon where it keeps up with its input, and less often where it is behind,
/// since a commit keeps its thread waiting for the broker, several times as long as it takes the broker.
///
/// Kafka Streams commits by itself at [#BEHIND], which is the setting `commit.interval.ms`.
public final class CommitPace {
    /// How long what is done may wait for its commit.
    public static final Duration BEHIND = Duration.ofSeconds(1);

    static final Duration SOON = Duration.ofMillis(100);

    private final ProcessingContext context;
    private @Nullable Cancellable due;

    CommitPace(ProcessingContext context) {
        this.context = context;
    }

    /// Sees to it that what is done with a record is committed.
    ///
    /// @param written when the record was written, and `now`, in milliseconds since 1970
    void processed(long written, long now) {
        if (due == null && now - written < BEHIND.toMillis()) {
            due = context.schedule(SOON, PunctuationType.WALL_CLOCK_TIME, _ -> commit());
        }
    }

    private void commit() {
        close();
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
