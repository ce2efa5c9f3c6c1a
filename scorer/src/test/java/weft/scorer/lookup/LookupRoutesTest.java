package weft.scorer.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import weft.kafka.service.MetricsServer;
import weft.kafka.service.ServiceContext;
import weft.kafka.wire.Topics;
import weft.scorer.TestModels;
import weft.scorer.models.ModelRegistry;
import weft.testing.MemoryKafka;
import weft.testing.TestData;

class LookupRoutesTest {
    private static final Topics TOPICS = new Topics("weft");

    @Test
    void theRoutesAnswerOnceTheScorerHasOpenedThem() throws Exception {
        LookupRoutes routes = new LookupRoutes();
        MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
        kafka.create("weft-totals", 1);
        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, routes)) {
            HttpResponse<String> early = get(server, "/v1/pipelines");
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.body()).isEqualTo("{\"error\":\"the scorer is being started\"}");

            ServiceContext context = new ServiceContext(
                    kafka,
                    TOPICS,
                    TestData.FASHION,
                    TestModels.CODEC,
                    new SimpleMeterRegistry(),
                    Clock.systemUTC(),
                    _ -> {});
            ModelRegistry models = new ModelRegistry(List.of(TestModels.TWO), TestData.FASHION.shape());
            try (LookupFeed _ = routes.open(context, "weft-totals", models)) {
                HttpResponse<String> open = get(server, "/v1/pipelines");
                assertThat(open.statusCode()).isEqualTo(200);
                assertThat(open.body()).isEqualTo("{\"pipelines\":[\"raw-kmeans-2\"]}");
                assertThat(get(server, "/v1/models/raw").body())
                        .isEqualTo("{\"error\":\"model raw has no snapshot yet\"}");
            }
        }
    }

    @Test
    void withoutLookUpThereIsNothing() throws Exception {
        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0)) {
            assertThat(get(server, "/v1/pipelines").statusCode()).isEqualTo(404);
            assertThat(get(server, "/metrics").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(MetricsServer server, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
