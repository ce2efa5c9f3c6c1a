package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;

/// `imsat-10` and `micro-10` as a user runs them: they go on exactly after `kill -9`; the networks lag behind a fast
/// replay
/// and catch up.
@Tag("system")
class KilledTrainingTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LIMIT = 4_200;
    private static final int TRAIN = 3_600;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"imsat-10", "micro-10"})
    void aKilledTrainingEndsWithTheVeryModelOfAnUndisturbedOne(String name) throws Exception {
        Path killed = folder.resolve("killed");
        WeftProcess process = WeftProcess.start(folder.resolve("killed.log"), up(name, killed, "--rate", "600"));
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> process.log().matches("(?s).*images [23][0-9]{3}/.*"));
        } finally {
            process.kill();
        }
        Path report = folder.resolve("report.json");
        assertThat(once(name, killed, "--report", report.toString())).isZero();
        assertThat(once(name, folder.resolve("undisturbed"))).isZero();

        byte[] model = newestModel(killed);
        assertThat(newestModel(folder.resolve("undisturbed"))).isEqualTo(model);
        JsonNode pipeline = new ObjectMapper()
                .readTree(report.toFile())
                .required("pipelines")
                .get(0);
        assertThat(pipeline.required("pipeline").asText()).isEqualTo(name);
        assertThat(pipeline.required("train").required("images").asInt()).isEqualTo(TRAIN);
        // 28 steps: more than chance by far, and far from what it comes to.
        assertThat(pipeline.required("test").required("accuracy").asDouble()).isBetween(.2, .8);
    }

    private int once(String name, Path state, String... more) throws IOException, InterruptedException {
        List<String> arguments = Stream.concat(up(name, state, "--once").stream(), Arrays.stream(more))
                .toList();
        return WeftProcess.start(folder.resolve("once-" + state.getFileName() + ".log"), arguments)
                .await(PATIENCE);
    }

    private static List<String> up(String name, Path state, String... more) {
        return Stream.concat(
                        Stream.of(
                                "up",
                                "--pipelines",
                                name,
                                "--dir",
                                state.toString(),
                                "--limit",
                                Integer.toString(LIMIT),
                                "--kafka-port",
                                "0",
                                "--port",
                                "0",
                                "--metrics-port",
                                "0"),
                        Arrays.stream(more))
                .toList();
    }

    private static byte[] newestModel(Path state) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(state.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            return TopicReader.read(kafka, TOPICS.models()).getLast().value();
        }
    }
}
