package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
    private final MetricsServer server = MetricsServer.start("127.0.0.1", 0);

    private record Part(String name, boolean live, boolean ready) implements Service {
        @Override
        public void close() {}
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesWhatIsRegisteredWithItsHelp() throws IOException, InterruptedException {
        Counter.builder("weft.test.images")
                .description("Images of the test")
                .tag("split", "train")
                .register(server.registry())
                .increment(3);

        HttpResponse<String> metrics = get("/metrics");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("# HELP weft_test_images_total Images of the test")
                .contains("# TYPE weft_test_images_total counter")
                .contains("weft_test_images_total{split=\"train\"} 3.0")
                .contains("jvm_memory_used_bytes", "process_uptime_seconds");
    }

    @Test
    void isHealthyFromTheStartAndReadyOnceAllIsStarted() throws IOException, InterruptedException {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        server.watch(new Part("page", true, true));
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body()).isEqualTo("not yet: what is being started\n");

        server.started();

        assertThat(get("/ready").statusCode()).isEqualTo(200);
        assertThat(get("/ready").body()).isEqualTo("ok\n");
    }

    @Test
    void namesTheServicesThatAreNotReady() throws IOException, InterruptedException {
        server.watch(new Part("replay", true, true));
        server.watch(new Part("trainer of ae", true, false));
        server.watch(new Part("scorer", true, false));
        server.started();

        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body()).isEqualTo("not yet: trainer of ae, scorer\n");
    }

    @Test
    void isNotHealthyOnceAServiceHasDied() throws IOException, InterruptedException {
        server.watch(new Part("scorer", false, true));
        server.started();

        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("scorer");
        assertThat(get("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aForeignHostNameIsRefused() throws IOException {
        for (String path : List.of("/metrics", "/health", "/ready")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: weft.example\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(path)
                        .startsWith("HTTP/1.1 403 ")
                        .endsWith("{\"error\":\"not served to readers of this host name\"}");
            }
        }
    }

    @Test
    void aBusyPortIsOneLineForTheUser() {
        int port = server.port();

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> MetricsServer.start("127.0.0.1", port))
                .withMessage("metrics port 127.0.0.1:" + port
                        + " cannot be opened: Address already in use (--metrics-port, --bind)");
    }

    @Test
    void anAddressOfAnotherMachineIsNotCalledBusy() {
        // 192.0.2.0/24 belongs to nobody (RFC 5737).
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> MetricsServer.start("192.0.2.1", 0))
                .withMessageStartingWith("metrics port 192.0.2.1:0 cannot be opened: ")
                .withMessageEndingWith("assign requested address (--metrics-port, --bind)");
    }

    @Test
    void freesThePortWhenItCloses() {
        int port = server.port();
        server.close();

        try (MetricsServer next = MetricsServer.start("127.0.0.1", port)) {
            assertThat(next.port()).isEqualTo(port);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
