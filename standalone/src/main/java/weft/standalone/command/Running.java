package weft.standalone.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.Faults;
import weft.kafka.service.Service;
import weft.trainer.TrainingDivergedException;

/// The parts that a command has started, which stop at its end or at Ctrl-C: in reverse order, services that know
/// nothing of each other at the same time.
final class Running implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    /// Who sends a signal waits ten seconds, as a rule, before it kills.
    private static final Duration STOP = Duration.ofSeconds(9);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread hook = new Thread(this::stop, "shutdown");
    private boolean closed;

    Running() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Takes a part over, to be closed with the command.
    synchronized <T extends AutoCloseable> T add(T part) {
        if (closed) {
            closePart(part);
            throw new IllegalStateException("stopped while it was starting");
        }
        parts.push(part);
        return part;
    }

    /// Called by a part with the reason why it cannot go on; the first fault ends the command.
    void fail(Throwable fault) {
        if (failure.compareAndSet(null, fault)) {
            LOG.debug("a part failed", fault);
            ended.countDown();
        }
    }

    /// The same for a training, whose divergence is told and ends nothing else: the last good snapshot stays in
    /// use, `/health` and the metrics keep saying so, and nobody starts it again into the same divergence.
    void failUnlessDiverged(Throwable fault) {
        if (fault instanceof TrainingDivergedException) {
            LOG.error("{}", fault.getMessage());
        } else {
            fail(fault);
        }
    }

    /// Whether somebody wants the end: a fault, or Ctrl-C.
    boolean ending() {
        return ended.getCount() == 0;
    }

    /// Waits for a fault or Ctrl-C.
    ///
    /// @throws IllegalStateException in one line, where a part failed
    void awaitEnd() throws InterruptedException {
        ended.await();
        rethrow();
    }

    /// Fails where a part has failed.
    void rethrow() {
        Throwable fault = failure.get();
        if (fault instanceof RuntimeException failed) {
            throw failed;
        }
        if (fault != null) {
            throw new IllegalStateException(Faults.line(fault), fault);
        }
    }

    /// What has not stopped in time is left behind: it is done again at the next start.
    private void stop() {
        ended.countDown();
        Thread closing = Thread.ofPlatform().name("closing").daemon().start(this::closeParts);
        try {
            if (!closing.join(STOP)) {
                LOG.warn("not everything stopped within {} s; what was not committed is done again", STOP.toSeconds());
            }
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closeParts();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("the process is ending already");
        }
    }

    private synchronized void closeParts() {
        closed = true;
        while (!parts.isEmpty()) {
            if (parts.element() instanceof Service) {
                closeServices();
            } else {
                closePart(parts.pop());
            }
        }
    }

    /// Where Kafka does not answer each waits for its own clients: one after the other that would take too long.
    private void closeServices() {
        try (ExecutorService closing = Executors.newCachedThreadPool()) {
            while (parts.peek() instanceof Service service) {
                parts.pop();
                closing.execute(() -> closePart(service));
            }
        }
    }

    private static void closePart(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception fault) {
            LOG.error("{} did not stop in order: {}", part.getClass().getSimpleName(), Faults.line(fault));
        }
    }
}
