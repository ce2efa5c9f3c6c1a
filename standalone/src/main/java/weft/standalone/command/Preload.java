package weft.standalone.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import weft.producer.dataset.Dataset;
import weft.trainer.autoencoder.Nd4jSetup;
import weft.trainer.learn.ModelPlan;

/// What loads while the broker starts: the data set and ND4J's native code.
final class Preload {
    private final CompletableFuture<Dataset> data;
    private final CompletableFuture<Void> natives;

    private Preload(CompletableFuture<Dataset> data, CompletableFuture<Void> natives) {
        this.data = data;
        this.natives = natives;
    }

    static Preload start(Supplier<Dataset> data, List<ModelPlan> plans) {
        return new Preload(
                CompletableFuture.supplyAsync(data),
                plans.stream().anyMatch(ModelPlan::hasNetwork)
                        ? CompletableFuture.runAsync(Nd4jSetup::ensure)
                        : CompletableFuture.completedFuture(null));
    }

    /// Waits for both.
    Dataset await() {
        Futures.join(natives);
        return Futures.join(data);
    }
}
