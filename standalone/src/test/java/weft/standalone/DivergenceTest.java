package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.wire.StreamEvent;
import weft.standalone.command.Captured;
import weft.testing.EventSchema;

/// A training whose learning rate is far too high.
@Tag("system")
class DivergenceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private List<String> arguments(int metricsPort, String... more) {
        List<String> arguments = new ArrayList<>(List.of("up", "--learning-rate", "1", "--limit", "4200"));
        arguments.addAll(List.of("--pipelines", "raw-kmeans-10,ae-kmeans-10"));
        arguments.addAll(List.of("--dir", folder.resolve("state").toString(), "--port", "0"));
        arguments.addAll(List.of("--metrics-port", Integer.toString(metricsPort)));
        arguments.addAll(List.of(more));
        return arguments;
    }

    @Test
    void isToldAndStaysToBeSeenWhileTheRestGoesOn() throws Exception {
        int port = WeftProcess.freePort();
        int kafkaPort = WeftProcess.freePort();
        try (WeftProcess up = WeftProcess.start(
                        folder.resolve("up.log"),
                        arguments(port, "--rate", "1000", "--kafka-port", Integer.toString(kafkaPort)));
                HttpClient http = HttpClient.newHttpClient()) {
            up.awaitThat(
                    PATIENCE,
                    () -> get(http, port, "/metrics").body().contains("weft_trainer_diverged{model=\"ae\"} 1.0"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(http, port, "/health"))
                            .returns(503, HttpResponse::statusCode)
                            .satisfies(health -> assertThat(health.body()).contains("trainer")));
            await().atMost(PATIENCE)
                    .until(() ->
                            get(http, port, "/metrics").body().contains("weft_model_version{model=\"raw\"} 3600.0"));
            assertThat(up.isAlive()).isTrue();
            assertThat(up.log())
                    .containsOnlyOnce("the training of model ae diverged")
                    .contains("the last good snapshot stays")
                    .doesNotContain("\tat ");
            assertEvent("127.0.0.1:" + kafkaPort);
        }
    }

    /// The events of the model are its divergence alone, and the command prints it as it is.
    private void assertEvent(String kafka) throws Exception {
        List<String> arguments = List.of("events", "--kafka", kafka, "--model", "ae", "--kind", "divergence");
        Captured events = Captured.run(arguments);
        assertThat(events.exitCode()).as(events.log()).isZero();
        List<String> lines =
                events.log().lines().filter(line -> line.startsWith("{")).toList();
        assertThat(lines).hasSize(1);
        byte[] line = lines.getFirst().getBytes(StandardCharsets.UTF_8);
        assertThat(EventSchema.faults(line)).isEmpty();
        StreamEvent event = StreamEvent.fromJson(line);
        assertThat(event.kind()).isEqualTo(StreamEvent.Kind.DIVERGENCE);
        assertThat(event.model()).isEqualTo("ae");
        assertThat(event.details()).containsOnlyKeys("why");
    }

    @Test
    void endsARunThatShouldEndByItself() throws Exception {
        Captured up = Captured.run(arguments(0, "--once", "--kafka-port", "0"));
        assertThat(up.exitCode()).as(up.log()).isEqualTo(1);
        assertThat(up.log()).contains("weft: the training of model ae diverged").doesNotContain("\tat ");
    }

    private static HttpResponse<String> get(HttpClient http, int port, String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return http.send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
