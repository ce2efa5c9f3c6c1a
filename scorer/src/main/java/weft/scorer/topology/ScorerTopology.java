package weft.scorer.topology;

import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import weft.core.image.Dataset;
import weft.kafka.wire.Topics;
import weft.scorer.labels.LabelPolicy;
import weft.scorer.models.ModelRegistry;
import weft.scorer.quality.GlobalQuality;

/// The scorer's topology: images and labels → assignments and dead letters; totals of each task → global
/// quality.
public final class ScorerTopology {
    /// The labelled images that the window's figures are made of, over all tasks.
    public static final int WINDOW_IMAGES = 10_000;

    static final String ASSIGNMENTS = "assignments";
    static final String DEAD_LETTERS = "dead-letters";
    static final String PARTIALS = "partials";
    static final String QUALITY = "quality";
    static final String DEPLOYMENTS = "deployments";
    static final String EVENTS = "events";
    static final String TALLIES = "tallies";
    static final String TOTALS = "totals";
    static final String LABELS = "label-desk";

    private ScorerTopology() {}

    /// The topic that keeps the newest totals of every pipeline and task.
    public static String totalsTopic(Topics topics) {
        return topics.scorerApplication() + "-" + TOTALS + "-changelog";
    }

    /// Builds it.
    ///
    /// @param dataset what the images are
    /// @param imagePartitions of the images topic: each task keeps its share of the window
    /// @param labels how long images wait for them
    /// @param hold until when no task takes a record
    public static Topology build(
            Topics topics,
            Dataset dataset,
            ModelRegistry models,
            ScorerMetrics metrics,
            Clock clock,
            int imagePartitions,
            LabelPolicy labels,
            Hold hold) {
        var strings = Serdes.String();
        var bytes = Serdes.ByteArray();
        int windowShare = Math.max(1, WINDOW_IMAGES / imagePartitions);
        // A foreign record may have none.
        TimestampExtractor times = (record, _) -> Math.max(0, record.timestamp());
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        "images",
                        times,
                        bytes.deserializer(),
                        bytes.deserializer(),
                        topics.images())
                .addSource(
                        AutoOffsetReset.earliest(),
                        "labels",
                        times,
                        bytes.deserializer(),
                        bytes.deserializer(),
                        topics.labels())
                .addProcessor(
                        "score",
                        () -> new ScoreProcessor(topics, dataset, models, metrics, clock, windowShare, labels, hold),
                        "images",
                        "labels")
                .addStateStore(CommitStore.builder(TALLIES), "score")
                .addStateStore(labelDesk(), "score")
                .addSink(ASSIGNMENTS, topics.assignments(), bytes.serializer(), bytes.serializer(), "score")
                .addSink(DEAD_LETTERS, topics.deadLetters(), bytes.serializer(), bytes.serializer(), "score")
                .addSink(PARTIALS, topics.qualityPartials(), bytes.serializer(), bytes.serializer(), "score")
                .addSource("task-totals", strings.deserializer(), bytes.deserializer(), topics.qualityPartials())
                .addProcessor(
                        "merge",
                        () -> new MergeProcessor(new GlobalQuality(dataset.classes()), models, metrics, clock, hold),
                        "task-totals")
                .addStateStore(totals(), "merge")
                .addSink(QUALITY, topics.quality(), strings.serializer(), bytes.serializer(), "merge")
                .addSink(DEPLOYMENTS, topics.deployments(), strings.serializer(), bytes.serializer(), "merge")
                .addSink(EVENTS, topics.events(), strings.serializer(), bytes.serializer(), "merge");
    }

    /// On disk, as it may become large.
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> labelDesk() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(LABELS), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /// Small and read as a whole, hence in memory; cached, so that the changelog gets one record a key and
    /// commit.
    private static StoreBuilder<KeyValueStore<String, byte[]>> totals() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(TOTALS), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }
}
