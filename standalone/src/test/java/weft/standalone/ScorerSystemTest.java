package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static weft.kafka.wire.QualityFigures.named;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.ImageValues;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Quality;
import weft.core.model.PipelineName;
import weft.core.model.SnapshotPass;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.Topics;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// Scorers that share four partitions of a real broker's topics, and are stopped and killed while images come.
@Tag("system")
class ScorerSystemTest {
    private static final Shape GREY = new Shape.Image(28, 28, 1);

    private static final Topics TOPICS = new Topics("weft");
    private static final int PARTITIONS = 4;

    /// Thirteen: what is counted of an image is many values, which are written once a commit.
    private static final List<PipelineName> PIPELINES = IntStream.rangeClosed(3, 15)
            .mapToObj(k -> PipelineName.parse("raw-kmeans-" + k))
            .toList();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private KafkaConnection kafka;
    private FlatModels models;
    private Producer<String, byte @Nullable []> producer;
    private final Map<String, Integer> labels = new HashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Random random = new Random(42);

    @BeforeEach
    void open() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(PARTITIONS), (short) 1);
        DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
        models = new FlatModels(kafka, TOPICS, PIPELINES);
        producer = kafka.producer(Map.of());
    }

    @AfterEach
    void close() {
        producer.close();
        models.close();
        broker.close();
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
                new ScorerOptions(PIPELINES, folder.resolve(name), 1, LabelPolicy.USUAL),
                Optional.empty());
    }

    /// One picture of a random grey; every second one is labelled later, every seventh is of the test split.
    private void send(int from, int to) {
        for (int i = from; i < to; i++) {
            String id = "image-" + i;
            byte[] pixels = new byte[784];
            Arrays.fill(pixels, (byte) random.nextInt(256));
            int label = random.nextInt(10);
            labels.put(id, label);
            byte[] digits = text(Integer.toString(label));
            ProducerRecord<String, byte @Nullable []> image = new ProducerRecord<>(TOPICS.images(), id, pixels);
            image.headers().add(ImageHeaders.SPLIT, text(i % 7 == 0 ? "test" : "train"));
            if (i % 2 == 0) {
                image.headers().add(ImageHeaders.LABEL, digits);
            }
            Future<?> _ = producer.send(image);
            if (i % 2 == 1) {
                Future<?> _ = producer.send(new ProducerRecord<>(TOPICS.labels(), id, digits));
            }
        }
        producer.flush();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void awaitAssignments(int images) {
        TopicReader.await(kafka, TOPICS.assignments(), (long) images * PIPELINES.size(), PATIENCE);
    }

    @Test
    void oneInAHundredIsBadAndBecomesADeadLetterAndTheRestIsAssigned() {
        models.publish(1_000);
        Set<String> expectedAssignments = new HashSet<>();
        Set<String> expectedDead = new HashSet<>();
        int total = 5_000;
        for (int i = 0; i < total; i++) {
            String id = "image-" + i;
            ProducerRecord<String, byte @Nullable []> image = new ProducerRecord<>(TOPICS.images(), id, new byte[784]);
            image.headers().add("serial", text(Integer.toString(i)));
            if (random.nextInt(100) == 0) {
                image = spoilt(image);
                expectedDead.add(Integer.toString(i));
            } else {
                PIPELINES.forEach(pipeline -> expectedAssignments.add(id + " " + pipeline));
            }
            Future<?> _ = producer.send(image);
        }
        producer.flush();
        assertThat(expectedDead).hasSizeBetween(30, 70);

        try (ScorerService _ = scorer("one")) {
            awaitAssignments(total - expectedDead.size());
            TopicReader.await(kafka, TOPICS.deadLetters(), expectedDead.size(), PATIENCE);
        }

        List<String> dead = TopicReader.read(kafka, TOPICS.deadLetters()).stream()
                .map(record -> String.valueOf(ImageHeaders.text(record.headers(), "serial")))
                .toList();
        assertThat(dead).doesNotHaveDuplicates();
        assertThat(new HashSet<>(dead)).isEqualTo(expectedDead);
        List<String> assigned = assigned();
        assertThat(assigned).hasSameSizeAs(expectedAssignments);
        assertThat(new HashSet<>(assigned)).isEqualTo(expectedAssignments);
    }

    private ProducerRecord<String, byte @Nullable []> spoilt(ProducerRecord<String, byte @Nullable []> good) {
        return switch (random.nextInt(5)) {
            case 0 -> new ProducerRecord<>(good.topic(), null, null, good.key(), null, good.headers());
            case 1 -> new ProducerRecord<>(good.topic(), null, null, good.key(), new byte[783], good.headers());
            case 2 -> new ProducerRecord<>(good.topic(), null, null, "k".repeat(1_025), good.value(), good.headers());
            case 3 -> new ProducerRecord<>(good.topic(), null, null, good.key(), new byte[1_048_400], good.headers());
            default -> {
                good.headers().add(ImageHeaders.SPLIT, text("holdout"));
                yield good;
            }
        };
    }

    private List<String> assigned() {
        return TopicReader.read(kafka, TOPICS.assignments()).stream()
                .map(record -> record.key() + " " + ImageHeaders.text(record.headers(), "pipeline"))
                .toList();
    }

    /// `./mvnw -P restarts test` for the long measurement.
    @Test
    void anInstanceThatComesAndGoesLosesNothingAndDoesNothingTwice() throws Exception {
        int restarts = Integer.getInteger("weft.restarts", 3);
        int each = 1_000;
        models.publish(1);
        try (ScorerService _ = scorer("steady")) {
            for (int round = 0; round < restarts; round++) {
                try (ScorerService coming = scorer("coming")) {
                    send(round * each, round * each + each / 2);
                    models.publish(round + 2);
                    await().atMost(PATIENCE).until(coming::ready);
                    send(round * each + each / 2, (round + 1) * each);
                }
            }
            awaitAssignments(restarts * each);
            assertEverythingOnce(restarts * each);
            assertSameClustersOnceMore();
            assertGlobalQuality(restarts * each);
        }
        assertThat(failures).hasValue(0);
    }

    @Test
    void aKilledInstanceLosesNothingAndDoesNothingTwice() throws Exception {
        models.publish(1);
        WeftProcess other = start("killed");
        int images = 3_000;
        try {
            send(0, 1_000);
            TopicReader.await(kafka, TOPICS.assignments(), 101, PATIENCE);
            send(1_000, 2_000);
        } finally {
            other.kill();
        }
        try (ScorerService _ = scorer("heir")) {
            send(2_000, images);
            awaitAssignments(images);
            assertEverythingOnce(images);
            assertSameClustersOnceMore();
            assertGlobalQuality(images);
        }
    }

    private WeftProcess start(String name) throws Exception {
        String pipelines = PIPELINES.stream().map(PipelineName::toString).collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of("score", "--pipelines", pipelines));
        arguments.addAll(List.of("--kafka", broker.address(), "--metrics-port", "0"));
        arguments.addAll(List.of("--dir", folder.resolve(name).toString()));
        return WeftProcess.start(folder.resolve(name + ".log"), arguments);
    }

    private void assertEverythingOnce(int images) {
        List<String> assigned = assigned();
        assertThat(assigned).hasSize(images * PIPELINES.size());
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < images; i++) {
            for (PipelineName pipeline : PIPELINES) {
                expected.add("image-" + i + " " + pipeline);
            }
        }
        assertThat(new HashSet<>(assigned)).isEqualTo(expected);
    }

    /// Whoever scores the image at an offset with a model version again gets the same.
    private void assertSameClustersOnceMore() {
        Map<String, byte[]> images = new HashMap<>();
        TopicReader.read(kafka, TOPICS.images())
                .forEach(record -> images.put(record.partition() + "/" + record.offset(), record.value()));
        Map<Long, SnapshotPass> passes = new HashMap<>();
        // An image's assignments by one version come from one pass over all pipelines.
        Map<String, Map<String, Integer>> again = new HashMap<>();
        float[] pixels = new float[784];
        for (AssignmentEvent event : events()) {
            String place = event.partition() + "/" + event.offset();
            Map<String, Integer> clusters = again.computeIfAbsent(place + " " + event.modelVersion(), _ -> {
                ImageValues.of(GREY, Objects.requireNonNull(images.get(place))).toFloats(pixels, 0);
                Map<String, Integer> scored = new HashMap<>();
                passes.computeIfAbsent(
                                event.modelVersion(), version -> new SnapshotPass(models.published(version), _ -> true))
                        .score(
                                pixels,
                                (pipeline, assignment, _) -> scored.put(pipeline.toString(), assignment.cluster()));
                return scored;
            });
            assertThat(clusters)
                    .containsEntry(event.pipeline(), event.assignment().cluster());
        }
    }

    private List<AssignmentEvent> events() {
        return TopicReader.read(kafka, TOPICS.assignments()).stream()
                .map(record -> AssignmentEvent.fromJson(record.value()))
                .toList();
    }

    /// The merged figures are those of one table over all images, labelled at once or later.
    private void assertGlobalQuality(int images) {
        Map<String, List<AssignmentEvent>> assigned =
                events().stream().collect(Collectors.groupingBy(AssignmentEvent::pipeline));
        for (PipelineName pipeline : PIPELINES) {
            Map<Split, long[][]> tables = new HashMap<>();
            for (AssignmentEvent event : assigned.getOrDefault(pipeline.toString(), List.of())) {
                tables.computeIfAbsent(event.split(), _ -> new long[pipeline.k()][10])[
                        event.assignment().cluster()][labels.getOrDefault(event.imageId(), -1)]++;
            }
            ContingencyTable train = ContingencyTable.of(tables.getOrDefault(Split.TRAIN, new long[1][10]));
            ContingencyTable test = ContingencyTable.of(tables.getOrDefault(Split.TEST, new long[1][10]));
            QualityEvent told = await().atMost(PATIENCE)
                    .until(
                            () -> newestQuality(pipeline),
                            newest -> newest.value(named("images")).orElse(0) == images
                                    && newest.value(named("prequentialImages")).orElse(0) == train.total()
                                    && newest.value(named("testImages")).orElse(0) == test.total());
            assertThat(told.value(named("prequentialAccuracy")).orElseThrow())
                    .isCloseTo(Quality.of(train).accuracy(), within(1e-12));
            assertThat(told.value(named("prequentialNmi")).orElseThrow())
                    .isCloseTo(Quality.of(train).nmi(), within(1e-12));
            assertThat(told.value(named("testHomogeneity")).orElseThrow())
                    .isCloseTo(Quality.of(test).homogeneity(), within(1e-12));
        }
    }

    private QualityEvent newestQuality(PipelineName pipeline) {
        List<QualityEvent> events = new ArrayList<>(TopicReader.read(kafka, TOPICS.quality()).stream()
                .map(record -> QualityEvent.fromJson(record.value()))
                .filter(event -> event.pipeline().equals(pipeline.toString()))
                .toList());
        Collections.reverse(events);
        return events.isEmpty()
                ? new QualityEvent(pipeline.toString(), 0, java.time.Instant.EPOCH, List.of())
                : events.getFirst();
    }
}
