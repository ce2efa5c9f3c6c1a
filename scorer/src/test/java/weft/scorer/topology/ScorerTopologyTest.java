package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static weft.kafka.wire.QualityFigures.named;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Label;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.Topics;
import weft.scorer.TestModels;
import weft.scorer.models.ModelRegistry;
import weft.testing.TestData;

class ScorerTopologyTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant DUE = NOW.minusMillis(40);

    @TempDir
    private Path state;

    private final ModelRegistry models = new ModelRegistry(List.of(TestModels.TWO), TestData.FASHION.shape());
    private TopologyTestDriver driver;
    private TestInputTopic<@Nullable String, byte @Nullable []> images;
    private TestOutputTopic<String, byte[]> assignments;
    private TestOutputTopic<String, byte[]> deadLetters;
    private TestOutputTopic<String, byte[]> quality;

    @BeforeEach
    void open() throws InvalidSnapshotException {
        driver = driver();
        images = driver.createInputTopic(TOPICS.images(), new StringSerializer(), new ByteArraySerializer());
        assignments = output(TOPICS.assignments());
        deadLetters = output(TOPICS.deadLetters());
        quality = output(TOPICS.quality());
        models.offer(TestModels.snapshot(512, 0, 0.0f, 1.0f), 1_000);
    }

    private TopologyTestDriver driver() {
        Properties properties = new Properties();
        properties.setProperty(StreamsConfig.APPLICATION_ID_CONFIG, "scorer");
        properties.setProperty(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nobody:1");
        properties.setProperty(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.setProperty(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return new TopologyTestDriver(
                ScorerTopology.build(
                        TOPICS,
                        TestData.FASHION,
                        models,
                        new ScorerMetrics(new SimpleMeterRegistry()),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        1,
                        Scoring.LABELS,
                        new Hold()),
                properties,
                NOW);
    }

    private TestOutputTopic<String, byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void send(@Nullable String id, byte @Nullable [] value, String... headers) {
        RecordHeaders all = new RecordHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        images.pipeInput(new TestRecord<>(id, value, all, DUE));
    }

    private AssignmentEvent next() {
        return AssignmentEvent.fromJson(assignments.readValue());
    }

    @Test
    void anImageGetsItsClusterWithEverythingAroundIt() {
        send("train-00042", TestModels.flat(51), "split", "train", "label", "3", "epoch", "0");
        TestRecord<String, byte[]> record = assignments.readRecord();
        assertThat(record.key()).isEqualTo("train-00042");
        assertThat(ImageHeaders.text(record.headers(), "pipeline")).isEqualTo("raw-kmeans-2");
        AssignmentEvent event = AssignmentEvent.fromJson(record.value());
        assertThat(event.assignment().cluster()).isZero();
        // 784 pixels of .2: sqrt(784) * .2 from black, sqrt(784) * .8 from white.
        assertThat(event.assignment().score()).isCloseTo(5.6, within(1e-4));
        assertThat(event.assignment().margin()).isCloseTo(16.8, within(1e-4));
        assertThat(event.modelVersion()).isEqualTo(512);
        assertThat(event.label()).contains(new Label("Dress", OptionalInt.of(3)));
        assertThat(event.trainedOn()).isFalse();
        assertThat(event.offset()).isZero();
        assertThat(event.eventTime()).isEqualTo(DUE);
        assertThat(event.scoredAt()).isEqualTo(NOW);
        assertThat(event.clusterName()).isEmpty();
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Objects.requireNonNull(
                        ScorerTopologyTest.class.getResourceAsStream("/weft/schema/assignment.schema.json")));
        assertThat(schema.validate(new String(record.value(), StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void imagesOfAForeignProducerNeedNoHeaders() {
        send("mine", TestModels.flat(250));
        AssignmentEvent event = next();
        assertThat(event.assignment().cluster()).isEqualTo(1);
        assertThat(event.label()).isEmpty();
        assertThat(event.epoch()).isZero();
    }

    @Test
    void aClusterIsNamedByItsLabelledPast() {
        send("a", TestModels.flat(250), "label", "7");
        send("b", TestModels.flat(251), "label", "9");
        send("c", TestModels.flat(252), "label", "9");
        send("d", TestModels.flat(0));
        send("e", TestModels.flat(253));
        assertThat(next().clusterName()).isEmpty();
        assertThat(next().clusterName()).contains("Sneaker");
        next();
        assertThat(next().clusterName()).isEmpty();
        assertThat(next().clusterName()).contains("Ankle boot");
    }

    /// After the first epoch every image was trained on; names follow the stream all the same.
    @Test
    void namesFollowLaterEpochs() {
        send("a", TestModels.flat(250), "label", "7");
        send("b", TestModels.flat(250), "label", "9", "epoch", "1");
        send("c", TestModels.flat(250), "label", "9", "epoch", "1");
        send("d", TestModels.flat(250), "epoch", "1");
        next();
        assertThat(next().clusterName()).contains("Sneaker");
        next();
        assertThat(next().clusterName()).contains("Ankle boot");
    }

    @Test
    void badImagesGoToDeadLettersAndHoldNothingBack() {
        send("good-1", TestModels.flat(0));
        send("null", null);
        send("short", new byte[783]);
        send("split", TestModels.flat(0), "split", "validation");
        send("label", TestModels.flat(0), "label", "10");
        send("good-2", TestModels.flat(0));
        assertThat(assignments.readKeyValuesToList().stream().map(pair -> pair.key))
                .containsExactly("good-1", "good-2");
        List<TestRecord<String, byte[]>> dead = deadLetters.readRecordsToList();
        assertThat(dead.stream().map(record -> ImageHeaders.text(record.headers(), "reason")))
                .containsExactly(
                        "the value is null",
                        "an image has 784 bytes, not 783",
                        "split must be train or test, not 'validation'",
                        "a label is 0 to 9 as text or the name of a class, not '10'");
        assertThat(dead.get(1).value()).hasSize(783);
        assertThat(ImageHeaders.text(dead.get(1).headers(), "source-topic")).isEqualTo("weft.images");
        assertThat(ImageHeaders.text(dead.get(1).headers(), "source-partition")).isEqualTo("0");
        assertThat(ImageHeaders.text(dead.get(1).headers(), "source-offset")).isEqualTo("2");
    }

    @Test
    void aNewSnapshotScoresTheNextImage() throws Exception {
        send("before", TestModels.flat(100));
        models.offer(TestModels.snapshot(2_048, 0, 1.0f, 0.4f), 1_000);
        send("after", TestModels.flat(100));
        AssignmentEvent before = next();
        AssignmentEvent after = next();
        assertThat(before.assignment().cluster()).isZero();
        assertThat(before.modelVersion()).isEqualTo(512);
        assertThat(after.assignment().cluster()).isEqualTo(1);
        assertThat(after.modelVersion()).isEqualTo(2_048);
    }

    @Test
    void trainedOnIsTrueForWhatTheSnapshotCoversAndForEveryLaterEpoch() throws Exception {
        models.offer(TestModels.snapshot(2_048, 2, 0.0f, 1.0f), 1_000);
        send("train-0", TestModels.flat(0), "split", "train");
        send("test-0", TestModels.flat(0), "split", "test");
        send("train-1", TestModels.flat(0), "split", "train");
        send("train-0", TestModels.flat(0), "split", "train", "epoch", "1");
        send("test-0", TestModels.flat(0), "split", "test", "epoch", "1");
        assertThat(List.of(next(), next(), next(), next(), next()))
                .extracting(AssignmentEvent::trainedOn)
                .containsExactly(true, false, false, true, false);
    }

    @Test
    void anOvertakenImageIsJudgedByTheNewestSnapshotFromBeforeIt() throws Exception {
        // The live snapshot has swapped its clusters and was trained on both images.
        models.offer(TestModels.snapshot(1_024, 1, 0.0f, 0.5f), 1_000);
        models.offer(TestModels.snapshot(2_048, 9, 1.0f, 0.0f), 1_000);
        send("first", TestModels.flat(200), "label", "1");
        send("second", TestModels.flat(200), "label", "1");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        QualityEvent event = lastQuality();
        assertThat(event.value(named("trainedImages"))).hasValue(2);
        assertThat(event.value(named("prequentialImages"))).hasValue(2);
        assertThat(event.value(named("images"))).hasValue(2);
        assertThat(event.modelVersion()).isEqualTo(2_048);
    }

    @Test
    void theQualityIsThatOfTheTableOfAllLabelledImages() {
        // Dark: labels 0, 0, 1; bright: label 1 twice; one without a label; test: one right, one wrong.
        for (int label : new int[] {0, 0, 1}) {
            send("dark", TestModels.flat(10), "label", Integer.toString(label));
        }
        send("bright", TestModels.flat(240), "label", "1");
        send("bright", TestModels.flat(240), "label", "1");
        send("unlabelled", TestModels.flat(240));
        send("test-1", TestModels.flat(10), "label", "0", "split", "test");
        send("test-2", TestModels.flat(240), "label", "0", "split", "test");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        QualityEvent event = lastQuality();
        assertThat(event.pipeline()).isEqualTo("raw-kmeans-2");
        assertThat(event.value(named("images"))).hasValue(8);
        assertThat(event.value(named("prequentialImages"))).hasValue(5);
        assertThat(event.value(named("prequentialAccuracy"))).hasValue(0.8);
        assertThat(event.value(named("prequentialWindowAccuracy"))).hasValue(0.8);
        // H(class) = H(2/5, 3/5); H(class | cluster) = 3/5 H(1/3, 2/3).
        double classes = -(0.4 * Math.log(0.4) + 0.6 * Math.log(0.6));
        double within = -0.6 * (Math.log(1 / 3.0) / 3 + 2 * Math.log(2 / 3.0) / 3);
        assertThat(event.value(named("prequentialHomogeneity")).orElseThrow())
                .isCloseTo(1 - within / classes, within(1e-12));
        // Dark stands for class 0, bright for class 1: learnt from the train split.
        assertThat(event.value(named("testAccuracy"))).hasValue(0.5);
    }

    @Test
    void aQuietStreamSaysNothingTwice() {
        send("a", TestModels.flat(10), "label", "1");
        for (int second = 0; second < 5; second++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
        assertThat(quality.readValuesToList()).hasSize(1);
    }

    @Test
    void theSameImageAndSnapshotGiveTheSameAssignment() {
        send("again", TestModels.flat(99));
        send("again", TestModels.flat(99));
        assertThat(next().assignment()).isEqualTo(next().assignment());
    }

    private QualityEvent lastQuality() {
        return QualityEvent.fromJson(quality.readValuesToList().getLast());
    }
}
