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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;

/// `imsat-10` as a user runs it: it lags behind a fast replay, catches up, and goes on exactly after `kill -9`.
@Tag("system")
class ImsatSystemTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LIMIT = 4_200;
    private static final int TRAIN = 3_600;

    @TempDir
    private Path folder;

    @Test
    void aKilledTrainingEndsWithTheVeryModelOfAnUndisturbedOne() throws Exception {
        Path killed = folder.resolve("killed");
        WeftProcess process = WeftProcess.start(folder.resolve("killed.log"), up(killed, "--rate", "600"));
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> process.log().matches("(?s).*images [23][0-9]{3}/.*"));
        } finally {
            process.kill();
        }
        Path report = folder.resolve("report.json");
        assertThat(once(killed, "--report", report.toString())).isZero();
        assertThat(once(folder.resolve("undisturbed"))).isZero();

        byte[] model = newestModel(killed);
        assertThat(newestModel(folder.resolve("undisturbed"))).isEqualTo(model);
        JsonNode pipeline = new ObjectMapper()
                .readTree(report.toFile())
                .required("pipelines")
                .get(0);
        assertThat(pipeline.required("pipeline").asText()).isEqualTo("imsat-10");
        assertThat(pipeline.required("train").required("images").asInt()).isEqualTo(TRAIN);
        // 28 steps: more than chance by far, and far from what it comes to.
        assertThat(pipeline.required("test").required("accuracy").asDouble()).isBetween(.2, .8);
    }

    private int once(Path state, String... more) throws IOException, InterruptedException {
        List<String> arguments =
                Stream.concat(up(state, "--once").stream(), Arrays.stream(more)).toList();
        return WeftProcess.start(folder.resolve("once-" + state.getFileName() + ".log"), arguments)
                .await(PATIENCE);
    }

    private static List<String> up(Path state, String... more) {
        return Stream.concat(
                        Stream.of(
                                "up",
                                "--pipelines",
                                "imsat-10",
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
