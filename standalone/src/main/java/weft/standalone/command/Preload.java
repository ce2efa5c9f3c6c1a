package weft.standalone.command;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import weft.producer.dataset.Dataset;

/// What loads while the broker starts: the data set and native code.
final class Preload {
    private final CompletableFuture<Dataset> data;
    private final CompletableFuture<Void> natives;

    private Preload(CompletableFuture<Dataset> data, CompletableFuture<Void> natives) {
        this.data = data;
        this.natives = natives;
    }

    /// @param warmUp loads native code
    static Preload start(Supplier<Dataset> data, Runnable warmUp) {
        return new Preload(CompletableFuture.supplyAsync(data), CompletableFuture.runAsync(warmUp));
    }

    /// Waits for both.
    Dataset await() {
        Futures.join(natives);
        return Futures.join(data);
    }
}
