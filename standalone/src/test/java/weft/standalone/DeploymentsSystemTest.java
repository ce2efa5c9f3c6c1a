package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.model.Clusterer;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.Deployments;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// Rollbacks and promotions while two scorers are busy: every image is assigned once, by what was decided last.
@Tag("system")
class DeploymentsSystemTest {
    /// Images that are sent every millisecond or so; a dozen keep two cores busy.
    private static final int AT_ONCE = Integer.getInteger("weft.images-at-once", 2);

    private static final Topics TOPICS = new Topics("weft");
    private static final int PARTITIONS = 4;
    private static final int DECISIONS = 20;
    private static final int BACKLOG = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ModelName RAW = ModelName.main("raw");
    private static final ModelName WIDE = new ModelName("raw", "wide");
    private static final Deployments.Signature TEST = new Deployments.Signature("test", "");

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private KafkaConnection kafka;
    private FlatModels models;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();

    /// When a reader of committed records saw the first assignment of a partition by this run and version last
    /// begin, by `partition run`.
    private final Map<Integer, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(String model, long nanos) {}

    @BeforeEach
    void open() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(PARTITIONS), (short) 1);
        DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
        models = new FlatModels(kafka, TOPICS);
    }

    @AfterEach
    void close() {
        models.close();
        broker.close();
    }

    @Test
    void noImageIsMissedOrAssignedTwiceWhileOthersServe() throws Exception {
        for (long version = 1; version <= 5; version++) {
            publish(RAW, version);
            publish(WIDE, 10 * version);
        }
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            send(producer, BACKLOG);
        }
        Thread replay = Thread.ofPlatform().start(this::replay);
        List<Double> seconds = new ArrayList<>();
        try (ScorerService _ = scorer("one");
                ScorerService _ = scorer("two")) {
            Thread reader = Thread.ofPlatform().start(this::follow);
            await().atMost(PATIENCE).until(() -> seen.size() == PARTITIONS);
            for (int i = 0; i < DECISIONS; i++) {
                Deployment decided = decide(i);
                long now = System.nanoTime();
                String serving = decided.serving() + "/"
                        + decided.version().orElse(decided.serving().equals(RAW) ? 5 : 50);
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> seen.values().stream()
                                .allMatch(one -> one.model().equals(serving)));
                seen.values().forEach(one -> seconds.add((one.nanos() - now) / 1e9));
            }
            enough.set(true);
            replay.join();
            TopicReader.await(kafka, TOPICS.assignments(), (long) sent.get() * FlatModels.PIPELINES.size(), PATIENCE);
            reader.join();
        }
        List<Double> sorted = seconds.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%d decisions in %d partitions, %d images: seen by a committed reader after p50 %.3f s, p99 %.3f s%n",
                DECISIONS,
                PARTITIONS,
                sent.get(),
                sorted.get(sorted.size() / 2),
                sorted.get((int) (.99 * (sorted.size() - 1))));
        assertEverythingOnce();
        assertThat(TopicReader.read(kafka, TOPICS.events())).hasSize(DECISIONS);
        assertThat(failures).hasValue(0);
    }

    private Deployment decide(int number) {
        return deciding(deployments -> switch (number % 4) {
            case 0 -> deployments.rollback(OptionalLong.empty(), TEST);
            case 1 -> deployments.promote("wide", TEST);
            case 2 -> deployments.rollback(OptionalLong.of(20), TEST);
            default -> deployments.promote("main", TEST);
        });
    }

    private Deployment deciding(Function<Deployments, Deployment> decision) {
        try (Deployments deployments = Deployments.open(kafka, TOPICS, Families.SNAPSHOTS, RAW, Clock.systemUTC())) {
            return decision.apply(deployments);
        }
    }

    /// Goes on until all is decided.
    private void replay() {
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            while (!enough.get()) {
                send(producer, AT_ONCE);
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void send(Producer<String, byte[]> producer, int count) {
        for (int i = 0; i < count; i++) {
            int number = sent.getAndIncrement();
            byte[] pixels = new byte[784];
            Arrays.fill(pixels, (byte) number);
            Future<?> _ = producer.send(new ProducerRecord<>(TOPICS.images(), "image-" + number, pixels));
        }
    }

    private void follow() {
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            consumer.assign(KafkaConnection.partitions(consumer, TOPICS.assignments()));
            consumer.seekToBeginning(consumer.assignment());
            while (!enough.get()) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> {
                    AssignmentEvent event = AssignmentEvent.fromJson(record.value());
                    String model = (new String(record.value(), java.nio.charset.StandardCharsets.UTF_8)
                                            .contains("\"run\":\"wide\"")
                                    ? WIDE
                                    : RAW)
                            + "/" + event.modelVersion();
                    seen.compute(
                            record.partition(),
                            (_, last) -> last != null && last.model().equals(model)
                                    ? last
                                    : new Seen(model, System.nanoTime()));
                });
            }
        }
    }

    private void assertEverythingOnce() {
        List<String> assigned = TopicReader.read(kafka, TOPICS.assignments()).stream()
                .map(record -> record.key() + " "
                        + AssignmentEvent.fromJson(record.value()).pipeline())
                .toList();
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < sent.get(); i++) {
            for (PipelineName pipeline : FlatModels.PIPELINES) {
                expected.add("image-" + i + " " + pipeline);
            }
        }
        assertThat(assigned).hasSameSizeAs(expected);
        assertThat(new HashSet<>(assigned)).isEqualTo(expected);
    }

    private void publish(ModelName model, long version) {
        Snapshot main = FlatModels.snapshot(version);
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        main.model().clusterers().forEach((pipeline, one) -> clusterers.put(pipeline.of(model.run()), one));
        Snapshot snapshot = new Snapshot(
                new Model(
                        model,
                        main.model().shape(),
                        main.model().encoder(),
                        main.model().decoder(),
                        clusterers),
                main.provenance());
        models.publish(SnapshotKey.of(model, version).toString(), Families.SNAPSHOTS.encode(snapshot));
    }

    private ScorerService scorer(String name) {
        return ScorerService.start(
                new ServiceContext(
                        kafka,
                        TOPICS,
                        TestData.FASHION,
                        Families.SNAPSHOTS,
                        new SimpleMeterRegistry(),
                        Clock.systemUTC(),
                        _ -> failures.incrementAndGet()),
                new ScorerOptions(FlatModels.PIPELINES, folder.resolve(name), 2, LabelPolicy.USUAL),
                Optional.empty());
    }
}
