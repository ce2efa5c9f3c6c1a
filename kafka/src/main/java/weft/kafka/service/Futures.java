package weft.kafka.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Background work: starts it, waits for it and throws what it threw, not a wrapper.
public final class Futures {
    private Futures() {}

    /// Starts work on a thread of its own: those that all the process shares are as many as it has cores, and may be
    /// busy with other work.
    public static <T> CompletableFuture<T> start(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().start(task));
    }

    /// What the work gave.
    ///
    /// @throws RuntimeException that the work threw
    public static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException fault) {
            if (fault.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw fault;
        }
    }
}
