package weft.scorer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import weft.core.model.PipelineName;
import weft.core.service.KafkaConnection;
import weft.core.service.Service;
import weft.core.wire.Topics;
import weft.scorer.labels.LabelPolicy;
import weft.scorer.lookup.LookupFeed;
import weft.scorer.lookup.LookupHandler;
import weft.scorer.models.ModelRegistry;
import weft.scorer.models.SnapshotFeed;
import weft.scorer.topology.ScorerMetrics;
import weft.scorer.topology.ScorerTopology;

/// Scores images live with the newest snapshots, exactly once.
public final class ScorerService implements Service {
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final ModelRegistry models;
    private final SnapshotFeed feed;
    private final LookupFeed lookupFeed;
    private final LookupHandler lookup;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics streamsMetrics;
    private final Thread waiter;
    private volatile boolean closing;

    private ScorerService(
            ModelRegistry models,
            SnapshotFeed feed,
            LookupFeed lookupFeed,
            LookupHandler lookup,
            KafkaStreams streams,
            KafkaStreamsMetrics streamsMetrics) {
        this.models = models;
        this.feed = feed;
        this.lookupFeed = lookupFeed;
        this.lookup = lookup;
        this.streams = streams;
        this.streamsMetrics = streamsMetrics;
        waiter = Thread.ofPlatform().name("first-snapshots").daemon().unstarted(this::resumeWhenComplete);
    }

    /// Starts to score; until every model has a snapshot, Kafka holds the images.
    ///
    /// @param state folder of this instance alone
    /// @param labels how long images wait for them
    /// @param onFailure told why scoring ended before it was closed
    public static ScorerService start(
            KafkaConnection kafka,
            Topics topics,
            List<PipelineName> pipelines,
            Path state,
            int threads,
            LabelPolicy labels,
            MeterRegistry meters,
            Consumer<Throwable> onFailure) {
        ModelRegistry models = new ModelRegistry(pipelines);
        KafkaStreams streams = new KafkaStreams(
                ScorerTopology.build(
                        topics,
                        models,
                        new ScorerMetrics(meters),
                        Clock.systemUTC(),
                        partitions(kafka, topics),
                        labels),
                kafka.properties(settings(topics, state, threads)));
        streams.setUncaughtExceptionHandler(fault -> {
            onFailure.accept(fault);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        KafkaStreamsMetrics streamsMetrics = new KafkaStreamsMetrics(streams);
        streamsMetrics.bindTo(meters);
        SnapshotFeed feed = SnapshotFeed.start(kafka, topics, models, meters, onFailure);
        LookupFeed lookupFeed = LookupFeed.start(kafka, topics, ScorerTopology.totalsTopic(topics), onFailure);
        LookupHandler lookup = new LookupHandler(pipelines, models, lookupFeed, Clock.systemUTC());
        ScorerService service = new ScorerService(models, feed, lookupFeed, lookup, streams, streamsMetrics);
        streams.pause();
        streams.start();
        service.waiter.start();
        return service;
    }

    private static Map<String, String> settings(Topics topics, Path state, int threads) {
        Map<String, String> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.scorerApplication());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(threads));
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, "-1");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A crashed instance's images go to another one after ten seconds, not forty-five.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "10000");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "5");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), Integer.toString(128 << 10));
        return settings;
    }

    private static int partitions(KafkaConnection kafka, Topics topics) {
        try (Admin admin = kafka.admin()) {
            return admin.describeTopics(List.of(topics.images()))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("topic " + topics.images() + " cannot be described", fault);
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the start", fault);
        }
    }

    private void resumeWhenComplete() {
        try {
            feed.awaitCaughtUp();
            models.awaitComplete();
            if (!closing) {
                streams.resume();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Answers questions under [LookupHandler#PATH].
    public LookupHandler lookup() {
        return lookup;
    }

    @Override
    public String name() {
        return "scorer";
    }

    @Override
    public boolean live() {
        return streams.state().isRunningOrRebalancing() || streams.state() == KafkaStreams.State.CREATED;
    }

    @Override
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING && models.complete();
    }

    @Override
    public void close() {
        closing = true;
        waiter.interrupt();
        // Who leaves hands its partitions over at once; who stays silent is waited for.
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE));
        streamsMetrics.close();
        feed.close();
        lookupFeed.close();
    }
}
