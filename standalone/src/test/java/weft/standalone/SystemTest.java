package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.model.PipelineName;
import weft.core.model.Standing;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.monitoring.ClusterListing;
import weft.standalone.broker.EmbeddedBroker;
import weft.standalone.command.WeftCommand;
import weft.testing.TestData;

/// The real thing: the real broker, a few thousand real images, all services, as a user runs them.
@Tag("system")
class SystemTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final int LIMIT = 4_200;
    private static final int TRAIN = 3_600;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Objects.requireNonNull(
                    SystemTest.class.getResourceAsStream("/weft/schema/assignment.schema.json")));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Of one undisturbed run, whose log several tests read.
    @TempDir
    private static Path undisturbed;

    @TempDir
    private Path folder;

    @BeforeAll
    static void runUndisturbed() {
        assertThat(once(
                        undisturbed,
                        "--report",
                        undisturbed.resolve("report.json").toString()))
                .isZero();
    }

    private static EmbeddedBroker undisturbedBroker() {
        return EmbeddedBroker.start(undisturbed.resolve("kafka"), "127.0.0.1", 0);
    }

    @Test
    void everyImageIsAssignedOnceInEveryPipelineAndTheReportAddsUp() throws Exception {
        JsonNode json = JSON.readTree(Files.readAllBytes(undisturbed.resolve("report.json")));
        JsonNode stream = json.required("stream");
        assertThat(stream.required("imagesProduced").asInt()).isEqualTo(LIMIT);
        assertThat(stream.required("imagesTrained").required("raw").asInt()).isEqualTo(TRAIN);
        assertThat(stream.required("imagesTrained").required("ae").asInt()).isEqualTo(TRAIN);
        assertThat(stream.required("assignments").asInt()).isEqualTo(3 * LIMIT);
        assertThat(stream.required("deadLetters").asInt()).isZero();
        assertThat(stream.required("secondsToFirstAssignment").asDouble()).isPositive();
        Map<String, JsonNode> pipelines = new HashMap<>();
        json.required("pipelines")
                .forEach(one -> pipelines.put(one.required("pipeline").asText(), one));
        assertThat(pipelines).containsOnlyKeys("raw-kmeans-10", "ae-kmeans-10", "ae-gmm-10");
        // After six percent of a pass the clusters are rough, and far better than the .1 of chance all the
        // same.
        pipelines.values().forEach(one -> {
            assertThat(one.required("modelVersion").asInt()).isEqualTo(TRAIN);
            assertThat(one.required("train").required("images").asInt()).isEqualTo(TRAIN);
            assertThat(one.required("test").required("images").asInt()).isEqualTo(LIMIT - TRAIN);
            assertThat(one.required("train").required("accuracy").asDouble()).isBetween(0.35, 0.75);
            assertThat(one.required("test").required("accuracy").asDouble()).isBetween(0.30, 0.75);
            assertThat(one.required("train").required("homogeneity").asDouble()).isBetween(0.25, 0.75);
            assertThat(one.required("prequential").required("images").asInt())
                    .isPositive()
                    .isLessThan(TRAIN);
        });

        try (EmbeddedBroker broker = undisturbedBroker()) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            assertEveryImageOnce(kafka);
            read(kafka, TOPICS.assignments())
                    .forEach(record -> assertFitsTheSchema(new String(record.value(), StandardCharsets.UTF_8)));
            assertImagesStandInTheirClusters(kafka);
            assertTheBaselineIsMeasuredOnTheSameImages(broker.address(), json);
            assertTheHtmlReportStandsAlone(broker.address());
        }
    }

    /// In the middle on the average, in clusters that are what they were, of which the snapshot tells.
    private static void assertImagesStandInTheirClusters(KafkaConnection kafka) {
        List<Standing> standings = read(kafka, TOPICS.assignments()).stream()
                .map(record ->
                        AssignmentEvent.fromJson(record.value()).standing().orElseThrow())
                .toList();
        assertThat(standings).allMatch(standing -> standing.generation() == 0);
        assertThat(standings.stream().mapToDouble(Standing::outlier).average().orElseThrow())
                .isCloseTo(0.5, within(0.1));
        assertThat(ClusterListing.lines(
                        kafka,
                        TOPICS,
                        Families.SNAPSHOTS,
                        PipelineName.parse("ae-gmm-10"),
                        OptionalLong.empty(),
                        false))
                .hasSize(10)
                .allSatisfy(line ->
                        assertThat(line).contains("\"modelVersion\":" + TRAIN, "\"generation\":0", "\"spread98\":"));
    }

    private void assertTheBaselineIsMeasuredOnTheSameImages(String kafka, JsonNode stream) throws IOException {
        Path file = folder.resolve("baseline.json");
        String[] args = {"evaluate", "--kafka", kafka, "--baseline", "--baseline-images", "1000"};
        assertThat(WeftCommand.execute(with(args, "--report", file.toString()))).isZero();

        JsonNode batch = JSON.readTree(Files.readAllBytes(file));
        for (int i = 0; i < 3; i++) {
            JsonNode pipeline = batch.required("pipelines").get(i);
            assertThat(pipeline.required("train"))
                    .as("evaluated again")
                    .isEqualTo(stream.required("pipelines").get(i).required("train"));
            boolean mixture = pipeline.required("pipeline").asText().equals("ae-gmm-10");
            assertThat(pipeline.has("baseline")).isEqualTo(!mixture);
            if (!mixture) {
                JsonNode train = pipeline.required("baseline").required("train");
                assertThat(train.required("images").asInt()).isEqualTo(TRAIN);
                assertThat(train.required("inertia").asDouble()
                                / pipeline.required("train").required("inertia").asDouble())
                        .isBetween(0.9, 1.2);
                assertThat(train.required("accuracy").asDouble()).isBetween(0.35, 0.75);
            }
        }
    }

    private void assertTheHtmlReportStandsAlone(String kafka) throws IOException {
        Path out = folder.resolve("pictures/new");
        assertThat(WeftCommand.execute("report", "--kafka", kafka, "--out", out.toString()))
                .isZero();

        assertThat(out).isDirectoryContaining(path -> path.endsWith("report.html"));
        String html = Files.readString(out.resolve("report.html"));
        assertThat(html)
                .contains("Loss of ae over training", "Original and reconstruction by ae", "Trouser", "rebuilt from 32")
                .contains("<h2>raw-kmeans-10</h2>", "<h2>ae-kmeans-10</h2>", "<h2>ae-gmm-10</h2>")
                .doesNotContain("src=\"http", "href=", "<script");
        // 100 examples, 12 reconstructions with their originals, and for each pipeline 10 centroids and 60
        // predictions.
        assertThat(html.split("<img ", -1)).hasSize(1 + 100 + 24 + 3 * 70);
        assertThat(html.split("<svg", -1))
                .as("one loss, three confusion matrices")
                .hasSize(1 + 4);
    }

    private static String[] with(String[] args, String... more) {
        return Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void aKilledProcessGoesOnAndEndsWithTheVeryModelsOfAnUndisturbedRun() throws Exception {
        Path killed = folder.resolve("killed");
        killWhileScoring(killed);
        assertThat(once(killed)).isZero();

        Map<String, String> models;
        try (EmbeddedBroker broker = EmbeddedBroker.start(killed.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            assertEveryImageOnce(kafka);
            models = newestModels(kafka);
        }
        try (EmbeddedBroker broker = undisturbedBroker()) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            assertThat(newestModels(kafka)).containsOnlyKeys("raw", "ae").isEqualTo(models);
        }
    }

    @Test
    void badImagesBecomeDeadLettersAndNothingElseIsLost() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
            try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
                producer.send(new ProducerRecord<>(TOPICS.images(), "short", new byte[783]))
                        .get();
            }
            // The last training image fills a batch and is published; the test image behind it must count too.
            String[] options = {"--kafka", broker.address(), "--batch", "100", "--publish-every", "1200"};
            assertThat(once(folder.resolve("state"), options)).isZero();

            List<ConsumerRecord<String, byte[]>> dead = read(kafka, TOPICS.deadLetters());
            assertThat(dead).hasSize(1);
            assertThat(dead.getFirst().key()).isEqualTo("short");
            assertThat(dead.getFirst().value()).hasSize(783);
            assertThat(ImageHeaders.text(dead.getFirst().headers(), "reason"))
                    .isEqualTo("an image has 784 bytes, not 783");
            assertThat(ImageHeaders.text(dead.getFirst().headers(), "source-offset"))
                    .isEqualTo("0");
            assertEveryImageOnce(kafka);
        }
    }

    @Test
    void kcatReadsJsonThatFitsTheSchema() throws Exception {
        Path kcat = ForeignProgram.require("kcat");
        try (EmbeddedBroker broker = undisturbedBroker()) {
            Path lines = folder.resolve("assignments.jsonl");
            Process process = new ProcessBuilder(
                            kcat.toString(), "-b", broker.address(), "-t", TOPICS.assignments(), "-C", "-e", "-q")
                    .redirectOutput(lines.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            List<String> values = Files.readAllLines(lines);
            assertThat(values).hasSize(3 * LIMIT);
            values.forEach(SystemTest::assertFitsTheSchema);
        }
    }

    private static int once(Path state, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "up", "--once", "--limit", Integer.toString(LIMIT), "--dir", state.toString(), "--kafka-port", "0"));
        args.addAll(List.of("--metrics-port", "0", "--port", "0"));
        args.addAll(List.of(more));
        return WeftCommand.execute(args.toArray(String[]::new));
    }

    @Test
    void theReplayIsSentOnceAndAnotherOneIsRefused() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            assertThat(produce(broker, "--seed", "1")).isZero();
            assertThat(produce(broker, "--seed", "1")).isZero();
            assertThat(read(kafka, TOPICS.images())).hasSize(LIMIT);
            assertThat(produce(broker, "--seed", "2")).isEqualTo(2);
            assertThat(read(kafka, TOPICS.images())).hasSize(LIMIT);
            assertThat(produce(broker, "--seed", "1", "--epochs", "2")).isZero();
            List<ConsumerRecord<String, byte[]>> images = read(kafka, TOPICS.images());
            assertThat(images).hasSize(2 * LIMIT);
            assertThat(ImageHeaders.text(images.getLast().headers(), ImageHeaders.EPOCH))
                    .isEqualTo("1");
            assertThat(ImageHeaders.text(images.getLast().headers(), ImageHeaders.EPOCH_END))
                    .isEqualTo("true");
        }
    }

    private static int produce(EmbeddedBroker broker, String... more) {
        List<String> args = new ArrayList<>(List.of("produce", "--kafka", broker.address(), "--metrics-port", "0"));
        args.addAll(List.of("--limit", Integer.toString(LIMIT)));
        args.addAll(List.of(more));
        return WeftCommand.execute(args.toArray(String[]::new));
    }

    /// Runs `up` in a JVM of its own and kills it, as `kill -9` does, once some but not all images are scored.
    private void killWhileScoring(Path state) throws Exception {
        int metricsPort = WeftProcess.freePort();
        List<String> arguments = new ArrayList<>(List.of("up", "--dir", state.toString()));
        arguments.addAll(List.of("--limit", Integer.toString(LIMIT), "--rate", "400"));
        arguments.addAll(List.of("--kafka-port", "0", "--port", "0"));
        arguments.addAll(List.of("--metrics-port", Integer.toString(metricsPort)));
        WeftProcess process = WeftProcess.startOnClasses(folder.resolve("killed.log"), arguments);
        try (HttpClient http = HttpClient.newHttpClient()) {
            process.awaitThat(PATIENCE, () -> metric(http, metricsPort, "weft_scorer_images_total") > 500);
            assertThat(metric(http, metricsPort, "weft_scorer_images_total")).isLessThan(LIMIT);
        } finally {
            process.kill();
        }
    }

    private static double metric(HttpClient http, int port, String name) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return body.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static void assertEveryImageOnce(KafkaConnection kafka) {
        Set<String> images = new HashSet<>();
        read(kafka, TOPICS.images()).stream()
                .filter(record -> record.value().length == 784)
                .forEach(record -> assertThat(images.add(record.key())).isTrue());
        assertThat(images).hasSize(LIMIT);
        Set<String> expected = new HashSet<>();
        images.forEach(id -> List.of("raw-kmeans-10", "ae-kmeans-10", "ae-gmm-10")
                .forEach(pipeline -> expected.add(id + " " + pipeline)));
        List<String> assigned = read(kafka, TOPICS.assignments()).stream()
                .map(record -> record.key() + " " + ImageHeaders.text(record.headers(), "pipeline"))
                .toList();
        assertThat(assigned).hasSameSizeAs(expected);
        assertThat(new HashSet<>(assigned)).isEqualTo(expected);
    }

    private static void assertFitsTheSchema(String value) {
        assertThat(SCHEMA.validate(value, InputFormat.JSON)).as(value).isEmpty();
    }

    private static Map<String, String> newestModels(KafkaConnection kafka) {
        Map<String, String> models = new HashMap<>();
        read(kafka, TOPICS.models())
                .forEach(record -> models.put(
                        SnapshotKey.parse(record.key()).model().toString(),
                        HexFormat.of().formatHex(record.value())));
        return models;
    }

    private static List<ConsumerRecord<String, byte[]>> read(KafkaConnection kafka, String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
