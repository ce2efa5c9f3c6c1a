package weft.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import weft.kafka.service.UserError;
import weft.producer.dataset.DatasetFinder;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Order;
import weft.producer.replay.ReplayPlan;

/// What is replayed and how.
final class ReplayOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the four IDX files (default: looked for, then fetched)")
    private @Nullable Path data;

    @Option(
            names = "--epochs",
            defaultValue = "1",
            paramLabel = "N",
            description = "How often the data set is replayed (default: ${DEFAULT-VALUE})")
    private int epochs = 1;

    @Option(
            names = "--limit",
            defaultValue = "0",
            paramLabel = "N",
            description = "Images of an epoch; 0 for all (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(
            names = "--order",
            defaultValue = "shuffled",
            paramLabel = "ORDER",
            description = "shuffled, file or by-class (default: ${DEFAULT-VALUE})")
    private Order order = Order.SHUFFLED;

    LabelledImages load() {
        DatasetFinder finder = DatasetFinder.caching(
                DatasetFinder.cacheFolder(System.getenv(), Path.of(System.getProperty("user.home"))), System.getenv());
        return finder.find(Optional.ofNullable(data));
    }

    int epochs() {
        if (epochs < 1) {
            throw new UserError("--epochs must be at least 1, not " + epochs);
        }
        return epochs;
    }

    ReplayPlan plan(long seed, LabelledImages dataset) {
        if (limit < 0) {
            throw new UserError("--limit must be at least 0, not " + limit);
        }
        return ReplayPlan.of(order, seed, limit, dataset);
    }

    static double checkRate(double rate) {
        if (!(rate >= 0) || rate > 1e7) {
            throw new UserError("--rate must be 0 to 10000000 images a second, not " + rate);
        }
        return rate;
    }
}
