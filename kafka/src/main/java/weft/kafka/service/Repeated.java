package weft.kafka.service;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that has an end and survives Kafka in trouble: where that breaks it off, it begins again.
public final class Repeated {
    private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    private Repeated() {}

    /// The work; an interrupt ends it.
    @FunctionalInterface
    public interface Work<T> {
        T run() throws InterruptedException;
    }

    /// Works until it is done or `stopped`.
    ///
    /// @param trouble told when the work is broken off
    /// @return what came of it; empty where it was stopped
    public static <T> Optional<T> run(String name, Trouble trouble, BooleanSupplier stopped, Work<T> work)
            throws InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        // The work is the birth, so that it counts as well again when it is done.
        Supervised.Birth birth = () -> {
            result.complete(work.run());
            return done();
        };
        try (Supervised _ = Supervised.start(name, birth, trouble, result::completeExceptionally)) {
            while (!stopped.getAsBoolean()) {
                try {
                    return Optional.of(result.get(LOOK.toMillis(), TimeUnit.MILLISECONDS));
                } catch (TimeoutException notYet) {
                    LOG.trace("{} goes on", name);
                }
            }
            return result.isDone() ? Optional.of(result.get()) : Optional.empty();
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new IllegalStateException(name + " failed: " + Faults.line(fault), fault);
        }
    }

    /// Works until it is done, for a command that the process's end alone stops.
    public static <T> T toTheEnd(String name, Work<T> work) throws InterruptedException {
        return run(name, new Trouble(name, Clock.systemUTC()), () -> false, work)
                .orElseThrow();
    }

    private static Supervised.Life done() {
        return new Supervised.Life() {
            @Override
            public boolean round() {
                return false;
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }
}
