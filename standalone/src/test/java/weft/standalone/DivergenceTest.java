package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training whose learning rate is far too high.
@Tag("system")
class DivergenceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private WeftProcess up(int metricsPort, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--learning-rate", "1", "--limit", "4200"));
        arguments.addAll(List.of("--pipelines", "raw-kmeans-10,ae-kmeans-10"));
        arguments.addAll(List.of("--dir", folder.resolve("state").toString(), "--kafka-port", "0", "--port", "0"));
        arguments.addAll(List.of("--metrics-port", Integer.toString(metricsPort)));
        arguments.addAll(List.of(more));
        return WeftProcess.start(folder.resolve("up.log"), arguments);
    }

    @Test
    void isToldAndStaysToBeSeenWhileTheRestGoesOn() throws Exception {
        int port = WeftProcess.freePort();
        try (WeftProcess up = up(port, "--rate", "1000");
                HttpClient http = HttpClient.newHttpClient()) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() ->
                            get(http, port, "/metrics").body().contains("weft_trainer_diverged{model=\"ae\"} 1.0"));
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
        }
    }

    @Test
    void endsARunThatShouldEndByItself() throws Exception {
        try (WeftProcess up = up(0, "--once")) {
            assertThat(up.await()).as(up.log()).isEqualTo(1);
            assertThat(up.log())
                    .contains("weft: the training of model ae diverged")
                    .doesNotContain("\tat ");
        }
    }

    private static HttpResponse<String> get(HttpClient http, int port, String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
