package weft.producer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Split;
import weft.kafka.service.UserError;

class WebSiteTest {
    private static final Map<DataFile, byte[]> OFFICIAL = IdxFixture.contents(new int[] {1, 2}, new int[] {3});

    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private HttpServer server;
    private WebSite site;

    @BeforeEach
    void serve() throws IOException {
        OFFICIAL.forEach((file, bytes) -> files.put("/data/" + file.gzipName(), IdxFixture.gzip(bytes)));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        site = new WebSite(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/data/"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = files.get(exchange.getRequestURI().getPath());
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Test
    void fetchesTheFourFiles() throws Exception {
        site.fetchInto(folder);

        assertThat(read(folder).raw(Split.TRAIN, 1)).isEqualTo(IdxFixture.pixels(1));
        assertThat(Files.readAllBytes(folder.resolve("t10k-labels-idx1-ubyte.gz")))
                .isEqualTo(files.get("/data/t10k-labels-idx1-ubyte.gz"));
    }

    @Test
    void namesTheFileThatTheServerDoesNotHave() {
        files.remove("/data/t10k-images-idx3-ubyte.gz");

        assertThatThrownBy(() -> site.fetchInto(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(site.base() + "t10k-images-idx3-ubyte.gz answered with status 404");
        assertThat(folder.resolve("t10k-images-idx3-ubyte.gz")).doesNotExist();
    }

    @Test
    void refusesAFileThatIsFarTooLong() {
        files.put("/data/train-images-idx3-ubyte.gz", new byte[(64 << 20) + 1]);

        assertThatThrownBy(() -> site.fetchInto(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("67108864");
    }

    @Test
    void isNotTakenWithAWrongChecksum() {
        var checksums = IdxFixture.checksums(folder.resolve("publisher"), OFFICIAL);
        files.put("/data/train-labels-idx1-ubyte.gz", IdxFixture.gzip(IdxFixture.labels(2, 1)));
        Path cache = folder.resolve("cache");
        var finder = new DatasetFinder(cache, folder.resolve("installed"), List.of(site), checksums);

        assertThatThrownBy(() -> finder.find())
                .isInstanceOf(UserError.class)
                .hasMessageContaining(site + " (train-labels-idx1-ubyte.gz: wrong checksum: SHA-256 "
                        + checksums.sha256().get(DataFile.TRAIN_LABELS) + " expected, ");
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void tellsThatNobodyAnswers() {
        server.stop(0);
        var finder = new DatasetFinder(folder, folder.resolve("installed"), List.of(site), Checksums.ANY);

        assertThatThrownBy(() -> finder.find())
                .isInstanceOf(UserError.class)
                .hasMessageContaining(site + " (no connection)");
    }

    @Test
    void needsABaseThatEndsWithASlash() {
        assertThatThrownBy(() -> new WebSite(URI.create("http://localhost/data")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("base must end with a slash, not http://localhost/data");
    }

    private static LabelledImages read(Path folder) {
        return DataFolder.of(folder).read();
    }
}
