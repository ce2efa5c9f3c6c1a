package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// The snippets of docs/assignments.md, as they stand there but for the addresses.
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnippetsTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final int IMAGES = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SNIPPET = Pattern.compile("<!-- try: (\\S+) -->\n```\\w+\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    private EmbeddedBroker broker;
    private KafkaConnection kafka;
    private FlatModels models;
    private Process scorer;
    private int metricsPort;
    private final List<Process> clients = new ArrayList<>();

    @BeforeAll
    void open() throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
        DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
        models = new FlatModels(kafka, TOPICS);
        models.publish(1);
        metricsPort = WeftProcess.freePort();
        List<String> command = new ArrayList<>(WeftProcess.java());
        command.addAll(List.of("weft.standalone.Main", "score", "--kafka", broker.address(), "--pipelines"));
        command.addAll(List.of("raw-kmeans-3,raw-kmeans-7", "--metrics-port", Integer.toString(metricsPort)));
        command.addAll(List.of("--dir", folder.resolve("score").toString()));
        scorer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("score.log").toFile())
                .start();
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; i < IMAGES; i++) {
                byte[] pixels = new byte[784];
                Arrays.fill(pixels, (byte) (6 * i));
                Future<?> _ = producer.send(new ProducerRecord<>(TOPICS.images(), "image-" + i, pixels));
            }
        }
    }

    @AfterEach
    void endClients() {
        clients.forEach(Process::destroyForcibly);
        clients.clear();
    }

    @AfterAll
    void close() throws InterruptedException {
        scorer.destroyForcibly();
        assertThat(scorer.waitFor(1, TimeUnit.MINUTES)).isTrue();
        models.close();
        broker.close();
    }

    @Test
    void kcatReads() throws IOException {
        ForeignProgram.require("kcat");
        assertReads("sh", "-c", snippet("kcat-read"));
    }

    @Test
    void pythonReads() throws IOException {
        assertReads(python(), "-c", snippet("python-read"));
    }

    /// One line for each strange image of each pipeline, and none for another.
    @Test
    void pythonTellsWhatIsStrange() throws IOException {
        String python = python();
        await().atMost(PATIENCE).until(() -> assignments("image-").size() == 2 * IMAGES);
        List<String> strange = assignments("image-").stream()
                .filter(json -> json.required("outlier").asDouble() >= 0.999)
                .map(json -> json.required("imageId").asText() + " " + json.required("outlier") + " "
                        + json.required("pipeline").asText() + " " + json.required("cluster") + " 0")
                .toList();
        assertThat(strange).hasSizeBetween(1, 2 * IMAGES - 1);

        Path output = folder.resolve("strange.txt");
        start(output, python, "-c", snippet("python-strange"));

        // Images of the other tests may be among them.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.readAllLines(output))
                        .filteredOn(line -> line.startsWith("image-"))
                        .containsExactlyElementsOf(strange));
    }

    /// kafkajs knows gzip and no other codec: what it reads, every client reads.
    @Test
    void nodeReads() throws Exception {
        ForeignProgram.require("node");
        ForeignProgram.require("npm");
        Files.writeString(folder.resolve("package.json"), "{}");
        Process npm = start(
                folder.resolve("npm.txt"),
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--fetch-retries=1",
                "--fetch-timeout=30000",
                "kafkajs@2.2.4");
        if (!npm.waitFor(2, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            ForeignProgram.missing("kafkajs from npm's registry");
        }
        assertReads("node", "-e", snippet("node-read"));
    }

    @Test
    void javaReads() throws IOException {
        Path source = Files.writeString(folder.resolve("Assignments.java"), snippet("java-read"));
        assertReads(Stream.concat(WeftProcess.java().stream(), Stream.of(source.toString()))
                .toArray(String[]::new));
    }

    /// An endless reader must tell every assignment, one a line, the image's id first.
    private void assertReads(String... command) throws IOException {
        Path output = folder.resolve("read.txt");
        start(output, command);
        await().atMost(PATIENCE)
                .until(() -> Files.readAllLines(output).stream()
                                .filter(line -> line.startsWith("image-"))
                                .count()
                        == 2 * IMAGES);
        assertThat(Files.readAllLines(output))
                .anySatisfy(line -> assertThat(line).startsWith("image-39 ").contains("raw-kmeans-7"));
    }

    @Test
    void connectGetsASchemaFromTheConverter() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(snippet("connect")));
        Map<String, Object> settings = new HashMap<>();
        properties.forEach((name, value) -> {
            if (name.toString().startsWith("value.converter.")) {
                settings.put(name.toString().substring("value.converter.".length()), value);
            }
        });
        await().atMost(PATIENCE).until(() -> assignments("image-").size() == 2 * IMAGES);
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(settings, false);
            for (JsonNode json : assignments("image-")) {
                byte[] value = json.toString().getBytes(StandardCharsets.UTF_8);
                Struct row = (Struct)
                        converter.toConnectData(TOPICS.assignments(), value).value();
                row.validate();
                assertThat(row.getString("imageId"))
                        .isEqualTo(json.required("imageId").asText());
                assertThat(row.getInt32("cluster"))
                        .isEqualTo(json.required("cluster").asInt());
                assertThat(row.getFloat64("score"))
                        .isEqualTo(json.required("score").asDouble());
                assertThat(row.get("label")).isNull();
                json.fieldNames()
                        .forEachRemaining(field ->
                                assertThat(row.schema().field(field)).as(field).isNotNull());
            }
        }
    }

    @Test
    void kcatSendsAnImageAndItsLabelLater() throws Exception {
        ForeignProgram.require("kcat");
        ForeignProgram.require("curl");
        byte[] pixels = new byte[784];
        Arrays.fill(pixels, (byte) 7);
        Files.write(folder.resolve("my-image-1.bin"), pixels);
        run("sh", "-c", snippet("kcat-write"));
        await().atMost(PATIENCE).until(() -> assignments("my-image-1").size() == 2);
        assertThat(assignments("my-image-1"))
                .allSatisfy(json -> assertThat(json.required("split").asText()).isEqualTo("test"))
                .allSatisfy(json -> assertThat(json.has("label")).isFalse());

        run("sh", "-c", snippet("kcat-label"));
        await().atMost(PATIENCE).until(() -> quality().path("testImages").asInt() == 1);
        Path output = folder.resolve("curl.txt");
        Process curl = start(output, "sh", "-c", snippet("curl").replace("raw-kmeans-10", "raw-kmeans-7"));
        assertThat(curl.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(new ObjectMapper()
                        .readTree(Files.readAllBytes(output))
                        .required("testImages")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void pythonSendsAnImage() throws Exception {
        run(python(), "-c", snippet("python-write"));

        await().atMost(PATIENCE).until(() -> assignments("my-image-2").size() == 2);
    }

    private JsonNode quality() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + metricsPort + "/v1/pipelines/raw-kmeans-7/quality");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
            return new ObjectMapper().readTree(answer.body());
        }
    }

    private List<JsonNode> assignments(String idPrefix) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (var record : TopicReader.read(kafka, TOPICS.assignments())) {
            if (record.key().startsWith(idPrefix)) {
                found.add(new ObjectMapper().readTree(record.value()));
            }
        }
        return found;
    }

    private void run(String... command) throws Exception {
        Process process = start(folder.resolve("run.txt"), command);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("run.txt")))
                .isZero();
    }

    private Process start(Path output, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        clients.add(process);
        return process;
    }

    private String snippet(String name) throws IOException {
        Matcher matcher = SNIPPET.matcher(Files.readString(Path.of("../docs/assignments.md")));
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return matcher.group(2)
                        .replace("127.0.0.1:9092", broker.address())
                        .replace("127.0.0.1:9464", "127.0.0.1:" + metricsPort);
            }
        }
        throw new IllegalStateException("docs/assignments.md has no snippet " + name);
    }

    /// A Python that has confluent-kafka.
    private String python() throws IOException {
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = start(folder.resolve("python.txt"), candidate, "-c", "import confluent_kafka");
                if (process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0) {
                    return candidate;
                }
            } catch (IOException notThere) {
                assertThat(notThere).hasMessageContaining(candidate);
            } catch (InterruptedException fault) {
                Thread.currentThread().interrupt();
            }
        }
        ForeignProgram.missing("a Python with confluent-kafka");
        return "";
    }
}
