package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;
import weft.standalone.command.Captured;

/// `imsat-10` and `micro-10` as a user runs them: they go on exactly after `kill -9`; the networks lag behind a fast
/// replay and catch up.
@Tag("system")
class KilledTrainingTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LIMIT = 4_200;
    private static final int TRAIN = 3_600;

    @TempDir
    private Path folder;

    @Test
    void aKilledTrainingEndsWithTheVeryModelsOfAnUndisturbedOne() throws Exception {
        Path killed = folder.resolve("killed");
        WeftProcess process = WeftProcess.startOnClasses(folder.resolve("killed.log"), up(killed, "--rate", "600"));
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> process.log().matches("(?s).*images [23][0-9]{3}/.*"));
        } finally {
            process.kill();
        }
        Path report = folder.resolve("report.json");
        once(killed, "--report", report.toString());
        once(folder.resolve("undisturbed"));

        Map<String, String> models = newestModels(killed);
        assertThat(models).containsOnlyKeys("imsat", "micro");
        assertThat(newestModels(folder.resolve("undisturbed"))).isEqualTo(models);
        JsonNode pipelines = new ObjectMapper().readTree(report.toFile()).required("pipelines");
        assertThat(pipelines
                        .valueStream()
                        .map(pipeline -> pipeline.required("pipeline").asText()))
                .containsExactlyInAnyOrder("imsat-10", "micro-10");
        for (JsonNode pipeline : pipelines) {
            assertThat(pipeline.required("train").required("images").asInt()).isEqualTo(TRAIN);
            // 28 steps: more than chance by far, and far from what it comes to.
            assertThat(pipeline.required("test").required("accuracy").asDouble())
                    .isBetween(.2, .8);
        }
    }

    /// In this JVM, which is warm: what was killed was a process of its own.
    private static void once(Path state, String... more) {
        List<String> arguments = new ArrayList<>(up(state, "--once"));
        arguments.addAll(List.of(more));
        Captured run = Captured.run(arguments);
        assertThat(run.exitCode()).as(run.log()).isZero();
    }

    private static List<String> up(Path state, String... more) {
        List<String> arguments = new ArrayList<>(List.of("up", "--pipelines", "imsat-10,micro-10"));
        arguments.addAll(List.of("--dir", state.toString(), "--limit", Integer.toString(LIMIT)));
        arguments.addAll(List.of("--kafka-port", "0", "--port", "0", "--metrics-port", "0"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static Map<String, String> newestModels(Path state) {
        Map<String, String> models = new HashMap<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(state.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            TopicReader.read(kafka, TOPICS.models())
                    .forEach(record -> models.put(
                            SnapshotKey.parse(record.key()).model().toString(),
                            HexFormat.of().formatHex(record.value())));
        }
        return models;
    }
}
