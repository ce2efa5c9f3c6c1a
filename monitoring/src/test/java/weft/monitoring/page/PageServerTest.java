package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static weft.kafka.wire.QualityFigures.named;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.kafka.service.HostCheck;
import weft.kafka.service.UserError;
import weft.kafka.wire.QualityEvent;
import weft.testing.TestData;

/// The server and its clients, fast, slow and too many.
class PageServerTest {
    private static final int FRAME = 100_000;
    private static final int SLOW = 200;
    private static final int FRAMES = 300;
    private static final HostCheck HOSTS = HostCheck.of("127.0.0.1", List.of());

    private final PageState state = new PageState(TestData.FASHION, Clock.systemUTC(), Clock.systemUTC());
    private final MapMaker maps = new MapMaker(state, Clock.systemUTC());
    private final AtomicInteger drawn = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Socket> sockets = new ArrayList<>();
    private LiveFrames frames = new LiveFrames(PageServer.CLIENTS, this::draw);
    private PageServer server =
            PageServer.start("127.0.0.1", 0, HOSTS, new Presenter(state, Optional::empty), maps, frames);

    private String draw(LiveFrames.View view) {
        int number = drawn.incrementAndGet();
        return number + " " + Integer.toString(number % 10).repeat(FRAME);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
        maps.close();
        http.close();
    }

    @Test
    void aForeignHostNameIsRefused() throws IOException {
        for (String path : List.of("/", "/events", "/api/dataset", "/api/history", "/images/x.png")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: weft.example\r\nAccept: text/event-stream\r\n"
                                        + "Connection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(path)
                        .startsWith("HTTP/1.1 403 ")
                        .contains("{\"error\":\"the page is not served to readers of this host name (--hosts)\"}");
            }
        }
    }

    @Test
    void slowClientsHoldNoMemoryAndHoldNobodyUp() throws Exception {
        for (int i = 0; i < SLOW; i++) {
            subscribe();
        }
        awaitClients(SLOW);
        long before = usedMemory();
        for (int i = 0; i < FRAMES; i++) {
            frames.refresh();
        }
        // Queued for each client they would be 6 GB.
        assertThat(usedMemory() - before).as("growth of the heap").isLessThan(100L << 20);
        assertThat(frames.clients()).isEqualTo(SLOW);

        Socket reader = subscribe();
        awaitClients(SLOW + 1);
        frames.refresh();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(reader.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (!line.startsWith("data: ")) {
            line = lines.readLine();
        }
        assertThat(Integer.parseInt(line.substring(6, line.indexOf(' ', 6)))).isGreaterThanOrEqualTo(FRAMES);
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatGoesIsForgotten() throws Exception {
        Socket client = subscribe();
        awaitClients(1);
        client.close();
        await().until(() -> {
            frames.refresh();
            return frames.clients() == 0;
        });
    }

    @Test
    void moreStreamsThanThereMayBeAreToldToComeLater() throws Exception {
        server.close();
        frames = new LiveFrames(2, this::draw);
        server = PageServer.start("127.0.0.1", 0, HOSTS, new Presenter(state, Optional::empty), maps, frames);
        subscribe();
        subscribe();
        awaitClients(2);
        HttpResponse<String> refused = get("/events");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        assertThat(refused.body()).contains("\"error\":").doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, 404",
        "/assets/nothing.js, 404",
        "/assets/..%2F..%2Findex.html, 404",
        "/images/nothing.png, 404",
        "/api/images/nothing, 404",
        "/clusters/ae-gmm-10/0.png, 404",
        "/clusters/raw-kmeans-10/10.png, 404",
        "/clusters/raw-kmeans-10/x.png, 404",
        "/reconstructions/ae/nothing.png, 404",
        "/api/map/ae, 404",
        "/events?pipeline=ae-gmm-10, 404",
        "/events?page=x, 404"
    })
    void whatIsNotThereIsOneLineOfJson(String path, int status) throws Exception {
        state.measured(new QualityEvent(
                "raw-kmeans-10", 512, Seen.NOW, List.of(named("images").of(700.0))));
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(answer.body()).startsWith("{\"error\":\"").endsWith("\"}").doesNotContain("\n");
    }

    @Test
    void everyAnswerCarriesTheStrictPolicy() throws Exception {
        for (String path : List.of("/", "/assets/page.js", "/lib/uPlot.iife.min.js", "/api/history", "/nothing")) {
            assertThat(get(path).headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                            .doesNotContain("unsafe"));
        }
        assertThat(get("/").body()).doesNotContain("<style", "onclick", " style=");
    }

    @Test
    void nothingCanBeChanged() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri("/api/history"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void aPortInUseIsNamed() {
        assertThatThrownBy(() -> PageServer.start(
                        "127.0.0.1", server.port(), HOSTS, new Presenter(state, Optional::empty), maps, frames))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("page port 127.0.0.1:" + server.port() + " cannot be opened")
                .hasMessageContaining("--port");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Accept", path.startsWith("/events") ? "text/event-stream" : "*/*")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// A client that asks for the stream and reads nothing of it.
    private Socket subscribe() throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream()
                .write("GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void awaitClients(int count) {
        await().until(() -> frames.clients() == count);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
