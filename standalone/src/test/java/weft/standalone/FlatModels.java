package weft.standalone;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.ClusterFacts;
import weft.core.model.Clusterer;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.core.model.Spread;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.Topics;

/// A trainer's place is taken by random centroids of flat pictures, published as a trainer does.
final class FlatModels implements AutoCloseable {
    static final List<PipelineName> PIPELINES =
            List.of(PipelineName.parse("raw-kmeans-3"), PipelineName.parse("raw-kmeans-7"));

    private final Map<Long, Snapshot> published = new ConcurrentHashMap<>();
    private final Topics topics;
    private final List<PipelineName> pipelines;
    private final Producer<String, byte @Nullable []> producer;

    FlatModels(KafkaConnection kafka, Topics topics) {
        this(kafka, topics, PIPELINES);
    }

    FlatModels(KafkaConnection kafka, Topics topics, List<PipelineName> pipelines) {
        this.topics = topics;
        this.pipelines = pipelines;
        producer = kafka.producer(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "flat-models",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.toString(Topics.SNAPSHOT_BYTES + 4096)));
        producer.initTransactions();
    }

    /// Publishes a version in a transaction of its own.
    void publish(long version) {
        Snapshot snapshot = snapshot(version, pipelines);
        published.put(version, snapshot);
        publish("raw", Families.SNAPSHOTS.encode(snapshot));
    }

    /// Publishes anything.
    void publish(String model, byte @Nullable [] value) {
        producer.beginTransaction();
        send(model, value);
        producer.commitTransaction();
    }

    /// Sends a version and takes it back.
    void abort(long version) {
        producer.beginTransaction();
        send("raw", Families.SNAPSHOTS.encode(snapshot(version, pipelines)));
        producer.flush();
        producer.abortTransaction();
    }

    private void send(String model, byte @Nullable [] value) {
        Future<?> _ = producer.send(new ProducerRecord<>(topics.models(), model, value));
    }

    Snapshot published(long version) {
        return Optional.ofNullable(published.get(version)).orElseThrow();
    }

    static Snapshot snapshot(long version) {
        return snapshot(version, PIPELINES);
    }

    private static Snapshot snapshot(long version, List<PipelineName> pipelines) {
        Random random = new Random(version);
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        Map<PipelineName, ClusterFacts> facts = new LinkedHashMap<>();
        for (PipelineName pipeline : pipelines) {
            float[] values = new float[pipeline.k() * 784];
            IntStream.range(0, pipeline.k())
                    .forEach(c -> Arrays.fill(values, c * 784, (c + 1) * 784, random.nextFloat()));
            clusterers.put(pipeline, new Centroids(Matrix.of(pipeline.k(), 784, values), false));
            facts.put(pipeline, facts(pipeline.k()));
        }
        return new Snapshot(
                new Model(
                        ModelName.main("raw"),
                        new Shape.Image(28, 28, 1),
                        new IdentityEncoder(784),
                        Optional.empty(),
                        clusterers),
                new Provenance(version, Map.of(), 1, Map.of(), Map.of(), "test"),
                facts);
    }

    /// As if the images of each cluster lay evenly up to the distance 0.5.
    private static ClusterFacts facts(int k) {
        float[] quantiles = new float[11 * k];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = 0.05f * (i % 11);
        }
        return new ClusterFacts(new Spread(Matrix.of(k, 11, quantiles)), Collections.nCopies(k, 0));
    }

    @Override
    public void close() {
        producer.close();
    }
}
