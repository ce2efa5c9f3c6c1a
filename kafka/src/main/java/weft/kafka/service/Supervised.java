package weft.kafka.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread whose work survives Kafka in trouble: the one way to do so.
///
/// 1. The work is a row of lives. A life makes the clients that it needs, works round by round, and closes them.
/// 2. A fault that passes ([Faults#passes]) ends the life and nothing else: after a pause, which grows while lives
///    are short, the next one begins.
/// 3. Any other fault ends the work and is told to `onFailure`.
/// 4. [#close] ends it in every state within seconds: it wakes the life up, and interrupts what does not hear.
public final class Supervised implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /// A life this long shows that the trouble before it was another one.
    private static final Duration STEADY = Duration.ofSeconds(30);

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration LAST_GRACE = Duration.ofSeconds(4);

    /// The work from one beginning to a fault, or to the end.
    public interface Life extends AutoCloseable {
        /// One round, of a second or so.
        ///
        /// @return whether there is more to do
        boolean round() throws InterruptedException;

        /// The time between two rounds; the end does not wait for it.
        default Duration rest() {
            return Duration.ZERO;
        }

        /// Called by another thread: ends a call of Kafka's that waits, where that can be done.
        default void wakeup() {}

        /// Called by the thread of the rounds.
        @Override
        void close();
    }

    /// Begins a life; what it had made by the time of a fault it closes.
    @FunctionalInterface
    public interface Birth {
        Life begin() throws InterruptedException;
    }

    /// One round of work that has no end of its own.
    @FunctionalInterface
    public interface Round {
        void run() throws InterruptedException;
    }

    /// Begins work that needs no client.
    public static Birth without(Duration rest, Round round) {
        return () -> new Life() {
            @Override
            public boolean round() throws InterruptedException {
                round.run();
                return true;
            }

            @Override
            public Duration rest() {
                return rest;
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }

    /// Waits between two lives.
    @FunctionalInterface
    interface Pause {
        void await(Duration time) throws InterruptedException;
    }

    private final Birth birth;
    private final Trouble trouble;
    private final LongSupplier nanos;
    private final Pause pause;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Life life;

    Supervised(
            String name,
            Birth birth,
            Trouble trouble,
            Consumer<Throwable> onFailure,
            LongSupplier nanos,
            @Nullable Pause pause) {
        this.birth = birth;
        this.trouble = trouble;
        this.nanos = nanos;
        this.pause = pause != null ? pause : this::untilStopped;
        thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .uncaughtExceptionHandler((_, fault) -> onFailure.accept(fault))
                .unstarted(this::run);
    }

    /// Starts the thread.
    ///
    /// @param onFailure told why the work ended before its time
    public static Supervised start(String name, Birth birth, Trouble trouble, Consumer<Throwable> onFailure) {
        Supervised supervised = new Supervised(name, birth, trouble, onFailure, System::nanoTime, null);
        supervised.thread.start();
        return supervised;
    }

    private void untilStopped(Duration time) throws InterruptedException {
        boolean _ = stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean stopping() {
        return stopped.getCount() == 0;
    }

    /// All lives, until the work is done, it is closed, or a fault does not pass.
    void run() {
        Duration wait = FIRST_PAUSE;
        while (!stopping()) {
            long began = nanos.getAsLong();
            try {
                if (!live()) {
                    return;
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException fault) {
                if (stopping()) {
                    LOG.debug("{} ends with", thread.getName(), fault);
                    return;
                }
                if (!Faults.passes(fault)) {
                    throw fault;
                }
                trouble.began(fault);
                if (nanos.getAsLong() - began >= STEADY.toNanos()) {
                    wait = FIRST_PAUSE;
                }
                try {
                    pause.await(wait);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return;
                }
                wait = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private boolean live() throws InterruptedException {
        try (Life begun = birth.begin()) {
            life = begun;
            trouble.over();
            while (!stopping()) {
                if (!begun.round()) {
                    return false;
                }
                untilStopped(begun.rest());
            }
            return true;
        } finally {
            life = null;
        }
    }

    /// Whether the thread has not ended.
    public boolean alive() {
        return thread.isAlive();
    }

    /// Whether a life goes on right now.
    public boolean working() {
        return life != null;
    }

    /// Asks it to end, without waiting.
    public void stop() {
        stopped.countDown();
        Life current = life;
        if (current != null) {
            current.wakeup();
        }
    }

    @Override
    public void close() {
        stop();
        try {
            if (!thread.join(GRACE)) {
                thread.interrupt();
                if (!thread.join(LAST_GRACE)) {
                    LOG.warn("{} does not end and is left behind", thread.getName());
                }
            }
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
        }
    }
}
