package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.model.PipelineName;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.HostCheck;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.MetricsServer;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.Topics;
import weft.monitoring.KafkaWatch;
import weft.monitoring.page.LivePage;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// Nothing comes though all works: the log, `/health` and the page say what is waited for.
@Tag("system")
class SilenceTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Random random = new Random(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private final ShiftedClock clock = new ShiftedClock();

    /// The system's, put forward.
    private static final class ShiftedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void advance(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for another zone");
        }
    }

    @Test
    void everyPartSaysWhatItWaitsFor() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
        DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
        MetricsServer server = MetricsServer.start("127.0.0.1", 0);
        ServiceContext context = new ServiceContext(
                kafka, TOPICS, TestData.FASHION, Families.SNAPSHOTS, server.registry(), clock, failures::add);
        ScorerOptions options = new ScorerOptions(
                List.of(PipelineName.parse("raw-kmeans-10")),
                folder.resolve("scorer"),
                1,
                LabelPolicy.USUAL,
                false,
                Optional.of(Duration.ofHours(1)),
                true);
        try (broker;
                server;
                Producer<String, byte[]> producer = kafka.producer(Map.of());
                Producer<String, byte[]> foreign = kafka.producer(Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "foreign",
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        "300000"));
                KafkaWatch _ = KafkaWatch.start(context);
                ScorerService scorer = ScorerService.start(context, options, Optional.empty());
                LivePage page = LivePage.start(context, "127.0.0.1", 0, HostCheck.of("127.0.0.1", List.of()));
                WeftProcess train = train(broker)) {
            server.watch(scorer);
            awaitIn(scorer, "first snapshot of raw on weft.models; weft.images is empty");
            awaitOnPage(page, "waiting for images: weft.images is empty");

            send(producer, 120);
            String few = "training: waiting for images to learn from: 120 of 512 on weft.images";
            await().atMost(PATIENCE).until(() -> train.log().contains(few));
            awaitIn(scorer, "waiting for the first snapshot of raw on weft.models; weft.images holds 120 records");
            awaitOnPage(page, "waiting for the first snapshot on weft.models");
            assertThat(get("http://127.0.0.1:" + server.port() + "/health"))
                    .startsWith("ok\n")
                    .contains("waiting for the first snapshot of raw");
            await().atMost(PATIENCE).until(() -> gauge(server, "weft.kafka.unscored") == 120);

            foreign.initTransactions();
            foreign.beginTransaction();
            foreign.send(new ProducerRecord<>(TOPICS.images(), "foreign", image()))
                    .get();
            send(producer, 500);
            String open = "waiting for what weft.images-0 has from offset 120 to 621: a transaction is open there";
            await().atMost(PATIENCE).until(() -> train.log().contains("training: " + open));
            awaitIn(scorer, open);
            awaitOnPage(page, open);
            assertThat(train.log().split(Pattern.quote(few), -1))
                    .as("told once")
                    .hasSize(2);

            foreign.commitTransaction();
            await().atMost(PATIENCE).until(() -> gauge(server, "weft.kafka.unscored") == 0);
            await().atMost(PATIENCE).until(() -> gauge(server, "weft.kafka.end.offset", TOPICS.images()) == 622);
            await().atMost(PATIENCE).until(() -> scorer.troubles().isEmpty());
            await().atMost(PATIENCE).until(() -> !get(frame(page)).contains("waitsFor"));

            whatServesGrowsTooOld(server, producer);
            assertThat(failures).isEmpty();
        }
        http.close();
    }

    /// Past `--max-model-age` the scorer is not ready, and assigns all the same.
    private void whatServesGrowsTooOld(MetricsServer server, Producer<String, byte[]> producer) throws Exception {
        server.started();
        String ready = "http://127.0.0.1:" + server.port() + "/ready";
        await().atMost(PATIENCE).until(() -> response(ready).statusCode() == 200);
        assertThat(metrics(server)).contains("weft_scorer_model_stale{model=\"raw\"} 0");

        clock.advance(Duration.ofHours(3));
        HttpResponse<String> old = response(ready);
        assertThat(old.statusCode()).isEqualTo(503);
        assertThat(old.body())
                .startsWith("not yet: scorer\n")
                .containsPattern("model raw: what serves was published PT[23]H\\S* ago, longer than PT1H "
                        + "\\(--max-model-age\\)");
        assertThat(metrics(server)).contains("weft_scorer_model_stale{model=\"raw\"} 1");

        // Fewer than a mini-batch: no newer snapshot comes of them.
        send(producer, 100);
        await().atMost(PATIENCE).until(() -> gauge(server, "weft.kafka.end.offset") == 722);
        await().atMost(PATIENCE).until(() -> gauge(server, "weft.kafka.unscored") == 0);
        assertThat(response(ready).statusCode()).isEqualTo(503);

        clock.advance(Duration.ofHours(-3));
        assertThat(response(ready).statusCode()).isEqualTo(200);
    }

    private String metrics(MetricsServer server) throws Exception {
        return get("http://127.0.0.1:" + server.port() + "/metrics");
    }

    private WeftProcess train(EmbeddedBroker broker) throws Exception {
        return WeftProcess.start(
                folder.resolve("train.log"),
                List.of("train", "--kafka", broker.address(), "--pipelines", "raw-kmeans-10", "--metrics-port", "0"));
    }

    private byte[] image() {
        byte[] pixels = new byte[784];
        random.nextBytes(pixels);
        return pixels;
    }

    private void send(Producer<String, byte[]> producer, int images) {
        for (int i = 0; i < images; i++) {
            var _ = producer.send(new ProducerRecord<>(TOPICS.images(), "image-" + i, image()));
        }
        producer.flush();
    }

    private static void awaitIn(ScorerService scorer, String words) {
        await(words)
                .atMost(PATIENCE)
                .until(() -> scorer.troubles().stream().anyMatch(trouble -> trouble.contains(words)));
    }

    private void awaitOnPage(LivePage page, String words) {
        await(words).atMost(PATIENCE).until(() -> get(frame(page)).contains(words));
    }

    private static String frame(LivePage page) {
        return "http://127.0.0.1:" + page.port() + "/api/frame?pipeline=raw-kmeans-10&page=0";
    }

    private String get(String address) throws Exception {
        return response(address).body();
    }

    private HttpResponse<String> response(String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static double gauge(MetricsServer server, String name) {
        return gauge(server, name, TOPICS.images());
    }

    private static double gauge(MetricsServer server, String name, String topic) {
        return server.registry().get(name).tag("topic", topic).gauge().value();
    }
}
