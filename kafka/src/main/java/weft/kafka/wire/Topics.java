package weft.kafka.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The names and settings of Weft's topics.
///
/// @param prefix before every name, `weft` unless somebody shares the cluster
public record Topics(String prefix) {
    /// The largest snapshot, on the topic and on the clients.
    public static final int SNAPSHOT_BYTES = 4 << 20;

    /// The largest checkpoint: optimiser moments make it a few times the snapshot.
    public static final int CHECKPOINT_BYTES = 32 << 20;

    /// Whether a record's timestamp is its writer's or the broker's.
    public static final String TIMESTAMP_TYPE = "message.timestamp.type";

    /// A thousand names of classes, and some.
    private static final int DATASET_BYTES = 1 << 19;

    /// Names of a few runs, and a reason.
    private static final int DEPLOYMENT_BYTES = 1 << 16;

    private static final int SEGMENT_BYTES = 64 << 20;

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{1,100}");
    private static final String DAY = Long.toString(24L * 60 * 60 * 1000);
    private static final String WEEK = Long.toString(7L * 24 * 60 * 60 * 1000);
    private static final String MONTH = Long.toString(30L * 24 * 60 * 60 * 1000);

    public Topics {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "prefix must be 1 to 100 letters, digits, dots, dashes or underscores, not '" + prefix + "'");
        }
    }

    /// What all images have in common.
    public String dataset() {
        return prefix + ".dataset";
    }

    public String images() {
        return prefix + ".images";
    }

    /// Labels that come later than their images, keyed like them.
    public String labels() {
        return prefix + ".labels";
    }

    public String models() {
        return prefix + ".models";
    }

    public String checkpoints() {
        return prefix + ".checkpoints";
    }

    public String assignments() {
        return prefix + ".assignments";
    }

    public String quality() {
        return prefix + ".quality";
    }

    /// The scorer's own: what each of its tasks has counted, on its way to the global figures.
    public String qualityPartials() {
        return prefix + ".quality-partials";
    }

    /// What happened to the stream and to the models.
    public String events() {
        return prefix + ".events";
    }

    /// Which run and version of each model serves, and which runs challenge it.
    public String deployments() {
        return prefix + ".deployments";
    }

    public String deadLetters() {
        return prefix + ".dead-letters";
    }

    /// The consumer group of a model's trainer.
    public String trainerGroup(String model) {
        return prefix + "-trainer-" + model;
    }

    /// The Kafka Streams application of the scorer.
    public String scorerApplication() {
        return prefix + "-scorer";
    }

    /// What the scorer keeps for each partition of the images: its topics have as many.
    public List<String> scorerCounts() {
        return List.of(scorerApplication() + "-tallies-changelog", scorerApplication() + "-label-desk-changelog");
    }

    /// One topic as it must be.
    ///
    /// @param partitions when it is created
    /// @param config that is set when it is created and checked when it exists
    public record Spec(String name, int partitions, Map<String, String> config) {
        public Spec {
            config = Map.copyOf(config);
        }

        private Spec with(Map<String, String> more) {
            Map<String, String> all = new HashMap<>(config);
            all.putAll(more);
            return new Spec(name, partitions, all);
        }
    }

    /// Every topic.
    ///
    /// @param partitions of images, labels and assignments when they are created
    public List<Spec> specs(int partitions) {
        return specs(partitions, Keep.AS_IT_IS);
    }

    /// The same.
    ///
    /// @param keep for images and assignments
    public List<Spec> specs(int partitions, Keep keep) {
        return List.of(
                compacted(dataset(), DATASET_BYTES),
                deleted(images(), partitions, WEEK).with(keep.config(partitions)),
                deleted(labels(), partitions, WEEK),
                compacted(models(), SNAPSHOT_BYTES),
                compacted(checkpoints(), CHECKPOINT_BYTES),
                deleted(assignments(), partitions, WEEK).with(keep.config(partitions)),
                deleted(quality(), 1, WEEK),
                deleted(qualityPartials(), 1, DAY),
                deleted(events(), 1, MONTH),
                compacted(deployments(), DEPLOYMENT_BYTES),
                deleted(deadLetters(), 1, MONTH));
    }

    private static Spec deleted(String name, int partitions, String retention) {
        return new Spec(
                name,
                partitions,
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        retention,
                        TIMESTAMP_TYPE,
                        // By what a record says about the past it could be deleted as soon as it is written.
                        "LogAppendTime"));
    }

    /// Only closed segments are compacted: small ones keep what a service reads at its start short.
    private static Spec compacted(String name, int bytes) {
        // Record overhead beside the value, hence a little more than the cap.
        return new Spec(
                name,
                1,
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "max.message.bytes",
                        Integer.toString(bytes + 4096),
                        "segment.ms",
                        DAY,
                        "segment.bytes",
                        Integer.toString(SEGMENT_BYTES)));
    }
}
