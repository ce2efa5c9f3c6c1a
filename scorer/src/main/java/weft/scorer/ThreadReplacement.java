package weft.scorer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import weft.kafka.service.Faults;
import weft.kafka.service.Trouble;

/// Gives Kafka Streams a new thread for one that a passing fault has ended; it begins at the last commit.
final class ThreadReplacement implements StreamsUncaughtExceptionHandler, KafkaStreams.StateListener {
    /// So that a fault that comes at once, again and again, costs little.
    private static final long PAUSE_SECONDS = 2;

    private final Trouble trouble;
    private final UnaryOperator<Throwable> inOurWords;
    private final Consumer<Throwable> onFailure;
    private final CountDownLatch closing;

    /// @param inOurWords tells a fault anew, where more is known of it
    ThreadReplacement(
            Trouble trouble,
            UnaryOperator<Throwable> inOurWords,
            Consumer<Throwable> onFailure,
            CountDownLatch closing) {
        this.trouble = trouble;
        this.inOurWords = inOurWords;
        this.onFailure = onFailure;
        this.closing = closing;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable streamsFault) {
        Throwable fault = inOurWords.apply(streamsFault);
        if (!Faults.passes(fault)) {
            onFailure.accept(fault);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        trouble.began(fault);
        try {
            return closing.await(PAUSE_SECONDS, TimeUnit.SECONDS)
                    ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                    : StreamThreadExceptionResponse.REPLACE_THREAD;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
    }

    @Override
    public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
        if (now == KafkaStreams.State.RUNNING) {
            trouble.over();
        }
    }
}
