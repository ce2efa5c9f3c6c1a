package weft.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import weft.core.image.Shape;
import weft.kafka.service.UserError;
import weft.producer.dataset.DataFolder;
import weft.producer.dataset.DatasetFinder;
import weft.producer.dataset.LabelledImages;
import weft.producer.drift.Drift;
import weft.producer.replay.Order;
import weft.producer.replay.ReplayPlan;

/// What is replayed and how.
final class ReplayOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of images: IDX, NPY or train/CLASS/*.png (default: Fashion-MNIST, fetched where need be)")
    private @Nullable Path data;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "Scales the pictures under --data: 32x32, 32x32x3 (default: the first one's shape)")
    private @Nullable String shape;

    @Option(
            names = "--test-share",
            paramLabel = "SHARE",
            description = "Of the images under --data that are set aside where none are for testing (default: 0.1)")
    private @Nullable Double testShare;

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

    @Option(
            names = "--drift",
            split = ";",
            paramLabel = "KIND@IMAGE[+RAMP][:AMOUNT]",
            description = "Changes the stream from an image on: rotate@30000:25, brightness@0+5000:.6, "
                    + "without@30000:CLASS, share@30000:CLASS:.1; also contrast, invert, shift, noise, blur, only; "
                    + "repeatable (docs/drift.md)")
    private List<Drift> drifts = List.of();

    /// Refuses options that make no sense, before anything starts.
    void check() {
        if (data == null && (shape != null || testShare != null)) {
            throw new UserError((shape != null ? "--shape" : "--test-share") + " needs --data");
        }
        if (testShare != null && !(testShare >= 0 && testShare < 1)) {
            throw new UserError("--test-share must be 0 to below 1, not " + testShare);
        }
        shape();
    }

    private Optional<Shape> shape() {
        try {
            return Optional.ofNullable(shape).map(Shape::parse);
        } catch (IllegalArgumentException e) {
            throw new UserError("--shape: " + e.getMessage(), e);
        }
    }

    LabelledImages load() {
        if (data != null) {
            OptionalDouble share = testShare == null ? OptionalDouble.empty() : OptionalDouble.of(testShare);
            return new DataFolder(data, shape(), share).read();
        }
        return DatasetFinder.caching(
                        DatasetFinder.cacheFolder(System.getenv(), Path.of(System.getProperty("user.home"))),
                        System.getenv())
                .find();
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
        ReplayPlan plan;
        try {
            plan = ReplayPlan.of(order, seed, limit, dataset, drifts);
        } catch (IllegalArgumentException fault) {
            throw new UserError("--drift " + fault.getMessage(), fault);
        }
        long images = (long) epochs() * plan.size();
        plan.drifts().beyond(images).ifPresent(drift -> {
            throw new UserError("--drift " + drift + ": the replay has only " + images + " images");
        });
        return plan;
    }

    static double checkRate(double rate) {
        if (!(rate >= 0) || rate > 1e7) {
            throw new UserError("--rate must be 0 to 10000000 images a second, not " + rate);
        }
        return rate;
    }
}
