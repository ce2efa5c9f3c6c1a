package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.DenseLayer;
import weft.core.model.Encoder;
import weft.core.model.GaussianMixture;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.Network;
import weft.core.model.NetworkEncoder;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.scorer.models.ModelRegistry;
import weft.scorer.models.SnapshotFeed;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// How long a scorer reads the models of the default pipelines at its start, whose history is long; the figure stands
/// in docs/versions.md. `-Dweft.history=1200` is all that 256 MB hold of the autoencoder's.
@Tag("system")
class HistoryStartTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final int VERSIONS = Integer.getInteger("weft.history", 100);
    private static final int CODE = 32;
    private static final List<PipelineName> PIPELINES = List.of(
            PipelineName.parse("raw-kmeans-10"), PipelineName.parse("ae-kmeans-10"), PipelineName.parse("ae-gmm-10"));

    @TempDir
    private Path folder;

    private final Random random = new Random(3);

    @Test
    void theStartReadsAllAndDecodesWhatIsKept() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            long bytes = publish(kafka);
            AtomicInteger failures = new AtomicInteger();
            for (int start = 0; start < 3; start++) {
                ModelRegistry models = new ModelRegistry(PIPELINES, TestData.FASHION.shape());
                long began = System.nanoTime();
                try (SnapshotFeed feed = SnapshotFeed.start(
                        new ServiceContext(
                                kafka,
                                TOPICS,
                                TestData.FASHION,
                                Families.SNAPSHOTS,
                                new SimpleMeterRegistry(),
                                Clock.systemUTC(),
                                _ -> failures.incrementAndGet()),
                        models)) {
                    feed.awaitCaughtUp();
                    models.awaitComplete();
                }
                System.out.printf(
                        Locale.ROOT,
                        "start %d: %d versions of each of 2 models, %d MB: %.2f s%n",
                        start + 1,
                        VERSIONS,
                        bytes / 1_000_000,
                        (System.nanoTime() - began) / 1e9);
                for (String model : List.of("raw", "ae")) {
                    assertThat(models.snapshots(model)).hasSize(Math.min(64, VERSIONS));
                    assertThat(models.snapshots(model).getFirst().version()).isEqualTo(VERSIONS);
                }
            }
            assertThat(failures).hasValue(0);
        }
    }

    private long publish(KafkaConnection kafka) {
        long bytes = 0;
        try (Producer<String, byte[]> producer = kafka.producer(
                Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.SNAPSHOT_BYTES + 4096)))) {
            Model raw = raw();
            Model ae = ae();
            for (int version = 1; version <= VERSIONS; version++) {
                for (Model model : List.of(raw, ae)) {
                    byte[] value = Families.SNAPSHOTS.encode(new Snapshot(
                            model, new Provenance(version, Map.of(0, (long) version), 1, Map.of(), Map.of(), "test")));
                    bytes += value.length;
                    Future<?> _ = producer.send(new ProducerRecord<>(
                            TOPICS.models(),
                            SnapshotKey.of(model.name(), version).toString(),
                            value));
                }
            }
        }
        return bytes;
    }

    private Model raw() {
        return model("raw", new IdentityEncoder(784), Optional.empty(), Map.of(PIPELINES.get(0), centroids(784)));
    }

    private Model ae() {
        Encoder encoder = new NetworkEncoder(
                new Network(List.of(new DenseLayer(matrix(CODE, 784), new float[CODE], Activation.RELU))));
        Network decoder = new Network(List.of(new DenseLayer(matrix(784, CODE), new float[784], Activation.SIGMOID)));
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        clusterers.put(PIPELINES.get(1), centroids(CODE));
        double[] covariance = new double[CODE * (CODE + 1) / 2];
        for (int row = 0; row < CODE; row++) {
            covariance[row * (row + 1) / 2 + row] = 1;
        }
        clusterers.put(
                PIPELINES.get(2),
                new GaussianMixture(java.util.stream.IntStream.range(0, 10)
                        .mapToObj(component -> new GaussianMixture.Component(
                                .1, Vector.of(random.doubles(CODE).toArray()), Vector.of(covariance)))
                        .toList()));
        return model("ae", encoder, Optional.of(decoder), clusterers);
    }

    private Clusterer centroids(int values) {
        return new Centroids(matrix(10, values), false);
    }

    private Matrix matrix(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - .5f;
        }
        return Matrix.of(rows, columns, values);
    }

    private static Model model(
            String name, Encoder encoder, Optional<Network> decoder, Map<PipelineName, Clusterer> clusterers) {
        return new Model(ModelName.main(name), new Shape.Image(28, 28, 1), encoder, decoder, clusterers);
    }
}
