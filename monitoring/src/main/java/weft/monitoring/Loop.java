package weft.monitoring;

import java.util.function.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.Faults;

/// A thread that does the same again and again until it is closed; Kafka that is away for a while does not end
/// it.
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    /// One round of the work.
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    private final Thread thread;
    private volatile boolean stopping;

    private Loop(String name, Work work, AutoCloseable resource, Consumer<Throwable> onFailure) {
        thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .uncaughtExceptionHandler((_, fault) -> onFailure.accept(fault))
                .unstarted(() -> run(work, resource));
    }

    /// Starts the thread.
    ///
    /// @param resource closed by the thread itself at its end, as Kafka's consumers want it
    /// @param onFailure called with the reason where it ended before it was closed
    public static Loop start(String name, Work work, AutoCloseable resource, Consumer<Throwable> onFailure) {
        Loop loop = new Loop(name, work, resource, onFailure);
        loop.thread.start();
        return loop;
    }

    private void run(Work work, AutoCloseable resource) {
        try (resource) {
            while (!stopping) {
                try {
                    work.run();
                } catch (RetriableException fault) {
                    LOG.debug("Kafka is waited for: {}", fault.getMessage());
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            throw fault;
        } catch (Exception fault) {
            throw new IllegalStateException(Faults.line(fault), fault);
        }
    }

    /// Whether it has not ended.
    public boolean alive() {
        return thread.isAlive();
    }

    /// Asks it to end and waits for that.
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
        }
    }
}
