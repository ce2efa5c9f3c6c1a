package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.standalone.Families;
import weft.standalone.broker.EmbeddedBroker;

/// The commands that list versions and decide what serves, against a real broker.
@Tag("system")
class VersionsCommandTest {
    private static final Topics TOPICS = new Topics("weft");

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private KafkaConnection kafka;

    @BeforeEach
    void open() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            send(producer, "raw", "main", 100, 2);
            send(producer, "raw/200", "main", 200, 2);
            send(producer, "raw/300", "main", 300, 2);
            send(producer, "raw@wide/10", "wide", 10, 2);
            send(producer, "raw@three/5", "three", 5, 3);
        }
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void whatThereIsAndWhatServesIsListed() throws Exception {
        List<JsonNode> versions = versions();
        assertThat(versions)
                .extracting(
                        one -> one.get("model").asText() + " " + one.get("run").asText() + " "
                                + one.get("modelVersion").asLong())
                .containsExactly(
                        "raw main 100", "raw main 200", "raw main 300", "raw@three three 5", "raw@wide wide 10");
        assertThat(versions).allSatisfy(one -> {
            assertThat(one.get("bytes").asInt()).isPositive();
            assertThat(one.get("at").asText()).matches("20..-..-..T..:..:..\\....Z");
        });
        assertThat(those(versions, "epochEnd")).containsExactly(200L);
        assertThat(those(versions, "serving")).containsExactly(300L);
        assertThat(those(versions, "pinned")).isEmpty();

        said(run("rollback", "raw", "--why", "blurred", "--by", "eva"), "raw is served by run main, version 200");
        said(
                run("challenge", "raw", "--run", "wide", "--promote-when", "testAri+0.1 for 2000"),
                "raw is served by run main, version 200, challenged by wide");
        List<JsonNode> now = versions();
        assertThat(those(now, "serving")).containsExactly(200L);
        assertThat(those(now, "pinned")).containsExactly(200L);
        assertThat(those(now, "challenging")).containsExactly(10L);
        assertThat(run("versions", "raw").out().lines().filter(line -> line.endsWith("epoch-end  serving  pinned")))
                .hasSize(1);

        said(run("promote", "raw", "--run", "wide"), "raw is served by run wide, its newest version");
        assertThat(those(versions(), "serving")).containsExactly(10L);
        said(run("promote", "raw", "--run", "main"), "raw is served by run main, its newest version");
        said(run("follow", "raw"), "raw is served by run main, its newest version");
        assertThat(those(versions(), "serving")).containsExactly(300L);
    }

    @Test
    void aRecordThatMakesNoSenseIsToldInOneLineAndReplaced() throws Exception {
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            Future<?> _ = producer.send(new ProducerRecord<>(
                    TOPICS.deployments(),
                    "raw",
                    "{\"model\":\"raw\",\"run\":\"nobody\"}".getBytes(StandardCharsets.UTF_8)));
        }
        Captured promoted = run("promote", "raw", "--run", "wide");
        assertThat(promoted.exitCode()).isZero();
        assertThat(promoted.err().lines())
                .singleElement()
                .asString()
                .endsWith("the last deployment of model raw makes no sense and is passed over:"
                        + " there is no version of model raw@nobody");
        assertThat(those(versions(), "serving")).containsExactly(10L);
        wrong("run main gives model raw its name and cannot challenge there", "challenge", "raw", "--run", "main");
        Captured elsewhere = run("follow", "raw@wide");
        assertThat(elsewhere.exitCode()).isZero();
        assertThat(elsewhere.err().lines())
                .singleElement()
                .asString()
                .endsWith("model raw@wide serves as raw too, where this changes nothing: decide for model raw");
    }

    @Test
    void whatCannotBeIsOneLine() {
        wrong("no version of model ae is on weft.models, only of raw, raw@three, raw@wide", "versions", "ae");
        wrong("topic other.models does not exist (--prefix)", "versions", "raw", "--prefix", "other");
        wrong(
                "version 250 of model raw is not on weft.models, which keeps 3 from 100 to 300",
                "rollback",
                "raw",
                "--to",
                "250");
        wrong("no version of model raw@none is on weft.models", "promote", "raw", "--run", "none");
        wrong("model raw@three has the pipelines raw-kmeans-3@three", "challenge", "raw", "--run", "three");
        wrong("run main serves model raw already", "promote", "raw", "--run", "main");
        wrong("run wide does not challenge model raw: none does", "challenge", "raw", "--run", "wide", "--stop");
    }

    private void wrong(String message, String... args) {
        Captured captured = run(args);
        assertThat(captured.exitCode()).isEqualTo(2);
        assertThat(captured.err().lines()).hasSize(1);
        assertThat(captured.err()).contains(message);
    }

    private static void said(Captured captured, String line) {
        assertThat(captured.err()).isEmpty();
        assertThat(captured.exitCode()).isZero();
        assertThat(captured.out()).isEqualTo(line + System.lineSeparator());
    }

    private List<JsonNode> versions() throws Exception {
        List<JsonNode> versions = new ArrayList<>();
        for (String line : run("versions", "raw", "--json").out().lines().toList()) {
            versions.add(new ObjectMapper().readTree(line));
        }
        return versions;
    }

    private static List<Long> those(List<JsonNode> versions, String mark) {
        return versions.stream()
                .filter(one -> one.get(mark).asBoolean())
                .map(one -> one.get("modelVersion").asLong())
                .toList();
    }

    private Captured run(String... args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(List.of("--kafka", broker.address()));
        return Captured.run(all.toArray(String[]::new));
    }

    private static void send(Producer<String, byte[]> producer, String key, String run, long version, int k) {
        ModelName model = new ModelName("raw", run);
        Snapshot snapshot = new Snapshot(
                new Model(
                        model,
                        new Shape.Image(28, 28, 1),
                        new IdentityEncoder(784),
                        Optional.empty(),
                        Map.of(
                                PipelineName.parse("raw-kmeans-" + k).of(run),
                                new Centroids(Matrix.of(k, 784, new float[k * 784]), false))),
                new Provenance(version, Map.of(), 1, Map.of(), Map.of(), "test"));
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(TOPICS.models(), key, Families.SNAPSHOTS.encode(snapshot));
        assertThat(SnapshotKey.parse(key).fits(model, version)).isTrue();
        if (version == 200) {
            record.headers().add(ImageHeaders.EPOCH_END, new byte[0]);
        }
        Future<?> _ = producer.send(record);
    }
}
