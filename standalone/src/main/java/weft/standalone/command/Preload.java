package weft.standalone.command;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import weft.producer.dataset.LabelledImages;

/// What loads while the broker starts: the data set and native code.
final class Preload {
    private final CompletableFuture<LabelledImages> data;
    private final CompletableFuture<Void> natives;

    private Preload(CompletableFuture<LabelledImages> data, CompletableFuture<Void> natives) {
        this.data = data;
        this.natives = natives;
    }

    /// @param warmUp loads native code
    static Preload start(Supplier<LabelledImages> data, Runnable warmUp) {
        return new Preload(CompletableFuture.supplyAsync(data), CompletableFuture.runAsync(warmUp));
    }

    /// Waits for both.
    LabelledImages await() {
        Futures.join(natives);
        return Futures.join(data);
    }
}
