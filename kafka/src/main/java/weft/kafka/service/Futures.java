package weft.kafka.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Waits for background work and throws what it threw, not a wrapper.
public final class Futures {
    private Futures() {}

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
