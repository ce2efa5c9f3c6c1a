package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.MetricsServer;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.scorer.lookup.LookupRoutes;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// Questions over HTTP to a scorer that has seen twenty black images, labelled 3 but for five that are 4.
@Tag("system")
class LookupTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private KafkaConnection kafka;
    private MetricsServer server;
    private ScorerService scorer;
    private HttpClient http;

    @BeforeEach
    void open() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(2), (short) 1);
        http = HttpClient.newHttpClient();
        LookupRoutes lookup = new LookupRoutes();
        server = MetricsServer.start("127.0.0.1", 0, lookup);
        scorer = scorer(server, lookup, "one");
        try (FlatModels models = new FlatModels(kafka, TOPICS)) {
            models.publish(500);
        }
    }

    private ScorerService scorer(MetricsServer server, LookupRoutes lookup, String name) {
        return ScorerService.start(
                new ServiceContext(
                        kafka,
                        TOPICS,
                        TestData.FASHION,
                        Families.SNAPSHOTS,
                        server.registry(),
                        Clock.systemUTC(),
                        _ -> {}),
                new ScorerOptions(FlatModels.PIPELINES, folder.resolve(name), 1, LabelPolicy.USUAL),
                Optional.of(lookup));
    }

    @AfterEach
    void close() {
        http.close();
        scorer.close();
        server.close();
        broker.close();
    }

    private void sendImages() {
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; i < 20; i++) {
                ProducerRecord<String, byte[]> image = new ProducerRecord<>(TOPICS.images(), "été/" + i, new byte[784]);
                image.headers().add(ImageHeaders.LABEL, (i % 4 == 0 ? "4" : "3").getBytes(StandardCharsets.UTF_8));
                Future<?> _ = producer.send(image);
            }
        }
    }

    private HttpResponse<String> get(MetricsServer server, String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.port() + path);
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> response = get(server, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return JSON.readTree(response.body());
    }

    private static boolean counted(JsonNode quality, int images) {
        return quality.path("images").asInt() == images;
    }

    @Test
    void tellsQualityConfusionClustersProvenanceAndAnImage() throws Exception {
        sendImages();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> counted(json("/v1/pipelines/raw-kmeans-7/quality"), 20));

        JsonNode quality = json("/v1/pipelines/raw-kmeans-3/quality");
        assertThat(quality.required("prequentialAccuracy").asDouble()).isEqualTo(0.75);
        assertThat(quality.required("modelVersion").asInt()).isEqualTo(500);
        assertThat(json("/v1/pipelines").required("pipelines").toString())
                .isEqualTo("[\"raw-kmeans-3\",\"raw-kmeans-7\"]");

        JsonNode image = json("/v1/images/%C3%A9t%C3%A9%2F7");
        assertThat(image).hasSize(2);
        assertThat(image.get(0).required("imageId").asText()).isEqualTo("été/7");
        assertThat(image.get(0).required("label").asInt()).isEqualTo(3);
        int cluster = image.get(0).required("cluster").asInt();

        JsonNode confusion = json("/v1/pipelines/raw-kmeans-3/confusion?slice=prequential&window=true");
        assertThat(confusion.required("classes").get(9).asText()).isEqualTo("Ankle boot");
        int[] row = JSON.treeToValue(confusion.required("counts").get(cluster), int[].class);
        assertThat(row).containsExactly(0, 0, 0, 15, 5, 0, 0, 0, 0, 0);
        int[][] tested = JSON.treeToValue(
                json("/v1/pipelines/raw-kmeans-3/confusion?slice=test").required("counts"), int[][].class);
        assertThat(Arrays.stream(tested).flatMapToInt(Arrays::stream).sum()).isZero();

        JsonNode clusters = json("/v1/pipelines/raw-kmeans-3/clusters").required("clusters");
        assertThat(clusters).hasSize(3);
        assertThat(clusters.get(cluster).toString())
                .isEqualTo(
                        "{\"cluster\":" + cluster
                                + ",\"images\":20,\"share\":1.0,\"labelled\":20,\"name\":\"Dress\",\"purity\":0.75,\"generation\":0}");
        assertThat(json("/v1/pipelines/raw-kmeans-3/clusters/" + cluster)).isEqualTo(clusters.get(cluster));
        assertThat(clusters.get((cluster + 1) % 3).toString())
                .isEqualTo("{\"cluster\":" + (cluster + 1) % 3
                        + ",\"images\":0,\"share\":0.0,\"labelled\":0,\"generation\":0}");

        JsonNode model = json("/v1/models/raw");
        assertThat(model.required("version").asInt()).isEqualTo(500);
        assertThat(model.required("software").asText()).isEqualTo("test");
        assertThat(model.required("pipelines")).hasSize(2);
        assertThat(json("/v1/models").required("models").toString()).isEqualTo("[\"raw\"]");

        everyInstanceAnswersTheSame(quality);
    }

    private void everyInstanceAnswersTheSame(JsonNode quality) throws Exception {
        LookupRoutes lookup = new LookupRoutes();
        try (MetricsServer other = MetricsServer.start("127.0.0.1", 0, lookup);
                ScorerService _ = scorer(other, lookup, "two")) {
            await().atMost(PATIENCE).until(() -> {
                HttpResponse<String> told = get(other, "/v1/pipelines/raw-kmeans-3/quality");
                return told.statusCode() == 200
                        && counted(JSON.readTree(told.body()), 20)
                        && JSON.readTree(told.body())
                                .required("prequentialNmi")
                                .equals(quality.required("prequentialNmi"));
            });
            await().atMost(PATIENCE)
                    .until(() -> get(other, "/v1/images/%C3%A9t%C3%A9%2F7").statusCode() == 200);
        }
    }

    @Test
    void whatIsUnknownIsNotFoundInOneLineAndOnlyGetIsAnswered() throws Exception {
        Map<String, String> errors = Map.of(
                "/v1/", "nothing is at '/v1/'",
                "/v1/pipelines/", "nothing is at '/v1/pipelines/'",
                "/v1/pipelines/raw-kmeans-3", "nothing is at '/v1/pipelines/raw-kmeans-3'",
                "/v1/pipelines/ae-gmm-10/quality", "unknown pipeline 'ae-gmm-10': raw-kmeans-3, raw-kmeans-7",
                "/v1/pipelines/raw-kmeans-3/quality", "pipeline raw-kmeans-3 has assigned nothing yet",
                "/v1/models/ae", "unknown model 'ae': raw",
                "/v1/images/x%22y", "image 'x\"y' is unknown or no longer kept; the assignments topic has it longer");
        for (Map.Entry<String, String> expected : errors.entrySet()) {
            HttpResponse<String> response = get(server, expected.getKey());
            assertThat(response.statusCode()).as(expected.getKey()).isEqualTo(404);
            assertThat(response.body().lines()).hasSize(1);
            assertThat(JSON.readTree(response.body()).required("error").asText())
                    .isEqualTo(expected.getValue());
        }
        for (String method : List.of("POST", "PUT", "DELETE")) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/v1/pipelines"))
                    .method(method, HttpRequest.BodyPublishers.ofString("x"))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).contains("GET");
        }
    }

    @Test
    void aParameterThatMakesNoSenseIsABadRequest() throws Exception {
        Map<String, String> errors = Map.of(
                "window=maybe", "window must be true or false, not 'maybe'",
                "windw=true", "unknown parameter 'windw': slice, window");
        for (Map.Entry<String, String> expected : errors.entrySet()) {
            HttpResponse<String> response = get(server, "/v1/pipelines/raw-kmeans-3/confusion?" + expected.getKey());
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(response.body()).required("error").asText())
                    .isEqualTo(expected.getValue());
        }
    }
}
