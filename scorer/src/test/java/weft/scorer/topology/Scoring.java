package weft.scorer.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
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
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.core.model.PipelineName;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.Topics;
import weft.scorer.TestModels;
import weft.scorer.labels.LabelPolicy;
import weft.scorer.models.ModelRegistry;
import weft.testing.TestData;

/// The topology in a test driver, with a hand on the clock.
final class Scoring implements AutoCloseable {
    static final Topics TOPICS = new Topics("weft");
    static final Instant DUE = Instant.parse("2026-01-02T03:04:05Z");

    static final LabelPolicy LABELS = new LabelPolicy(Duration.ofMinutes(10), 5);

    final ModelRegistry models;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final TestInputTopic<byte @Nullable [], byte @Nullable []> images;
    final TestInputTopic<byte @Nullable [], byte @Nullable []> labels;
    final TestInputTopic<String, byte[]> partials;
    final TestOutputTopic<String, byte[]> assignments;
    final TestOutputTopic<byte @Nullable [], byte @Nullable []> deadLetters;
    final TestOutputTopic<String, byte[]> taskTotals;
    final TestOutputTopic<String, byte[]> quality;
    final TestOutputTopic<String, byte[]> deployments;
    final TestOutputTopic<String, byte[]> events;
    boolean closed;
    private final Shape shape;
    private final TopologyTestDriver driver;
    private final HandClock clock = new HandClock();

    Scoring(Path state, int imagePartitions, String... pipelines) {
        this(TestData.FASHION, state, imagePartitions, pipelines);
    }

    Scoring(Dataset dataset, Path state, int imagePartitions, String... pipelines) {
        this(dataset, state, imagePartitions, false, pipelines);
    }

    static Scoring publishingChallengers(Path state, String... pipelines) {
        return new Scoring(TestData.FASHION, state, 1, true, pipelines);
    }

    private Scoring(Dataset dataset, Path state, int imagePartitions, boolean publishChallengers, String... pipelines) {
        shape = dataset.shape();
        models = new ModelRegistry(
                Arrays.stream(pipelines).map(PipelineName::parse).toList(), shape, publishChallengers);
        driver = new TopologyTestDriver(
                ScorerTopology.build(
                        TOPICS, dataset, models, new ScorerMetrics(meters), clock, imagePartitions, LABELS, new Hold()),
                properties(state),
                DUE);
        images = driver.createInputTopic(TOPICS.images(), new ByteArraySerializer(), new ByteArraySerializer());
        labels = driver.createInputTopic(TOPICS.labels(), new ByteArraySerializer(), new ByteArraySerializer());
        partials = driver.createInputTopic(TOPICS.qualityPartials(), new StringSerializer(), new ByteArraySerializer());
        assignments = output(TOPICS.assignments());
        deadLetters = driver.createOutputTopic(
                TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        taskTotals = output(TOPICS.qualityPartials());
        quality = output(TOPICS.quality());
        deployments = output(TOPICS.deployments());
        events = output(TOPICS.events());
    }

    private TestOutputTopic<String, byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    }

    static Properties properties(Path state) {
        Properties properties = new Properties();
        properties.setProperty(StreamsConfig.APPLICATION_ID_CONFIG, "scorer");
        properties.setProperty(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nobody:1");
        properties.setProperty(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.setProperty(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return properties;
    }

    /// Headers from pairs of a name and a text.
    static Headers headers(String... pairs) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    /// Sends a picture of one grey value.
    void send(String id, int grey, String... headers) {
        send(id.getBytes(StandardCharsets.UTF_8), TestModels.flat(shape, grey), headers);
    }

    void send(byte @Nullable [] key, byte @Nullable [] value, String... headers) {
        images.pipeInput(new TestRecord<>(key, value, headers(headers), DUE));
    }

    /// Sends a label as it would come later.
    void label(String id, String label) {
        labels.pipeInput(id.getBytes(StandardCharsets.UTF_8), label.getBytes(StandardCharsets.UTF_8), DUE);
    }

    void advance(Duration time) {
        clock.now = clock.now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /// The quality records that came since the last call, once the totals and then the merge had their second.
    List<QualityEvent> measure() {
        advance(Duration.ofSeconds(1));
        advance(Duration.ofSeconds(1));
        return quality.readValuesToList().stream().map(QualityEvent::fromJson).toList();
    }

    @Override
    public void close() {
        closed = true;
        driver.close();
    }

    private static final class HandClock extends Clock {
        private Instant now = DUE.plusMillis(40);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC alone");
        }
    }
}
