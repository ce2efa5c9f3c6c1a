package weft.standalone;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.Topics;
import weft.testing.TestData;

/// SIGTERM ends every service within ten seconds, in every state that Kafka can bring it into: a table, states by
/// services.
@Tag("system")
class TerminationTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Of a fault that services may only notice by and by.
    private static final Duration SETTLED = Duration.ofSeconds(12);

    private static final int TERMINATED = 143;
    private static final String WEFT = "weft";
    private static final String OTHER = "other";

    /// A service that runs.
    ///
    /// @param metrics its port, 0 where it serves none
    private record Part(String name, WeftProcess process, int metrics) {}

    private final List<Part> parts = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private WeftProcess broker;
    private KafkaConnection kafka;

    @BeforeEach
    void start() throws Exception {
        int port = WeftProcess.freePort();
        broker = WeftProcess.start(
                folder.resolve("broker.log"),
                List.of(
                        "broker",
                        "--dir",
                        folder.resolve("broker").toString(),
                        "--kafka-port",
                        Integer.toString(port),
                        "--metrics-port",
                        "0"));
        kafka = KafkaConnection.to("127.0.0.1:" + port, Map.of());
        await().atMost(PATIENCE).until(() -> broker.log().contains("Kafka: "));
    }

    @AfterEach
    void stop() throws Exception {
        for (Part part : parts) {
            part.process().kill();
        }
        broker.kill();
        http.close();
    }

    @Test
    @Timeout(600)
    void whileTheFirstImagesAreWaitedFor() throws Exception {
        ensureTopics();
        start("train", "--pipelines", "raw-kmeans-10,ae-kmeans-10");
        start("score", "--dir", state("score"));
        start("monitor", "--port", "0");
        startUnseen("tail");
        awaitReady("train", "monitor");
        await().atMost(PATIENCE).until(() -> health("score").contains("ok"));
        assertAllEnd();
    }

    @Test
    @Timeout(600)
    void whileTheBrokerIsGone() throws Exception {
        startAll();
        broker.kill();
        pass(SETTLED);
        assertAllEnd();
    }

    @Test
    @Tag("trouble")
    @Timeout(600)
    void whileTheBrokerHangs() throws Exception {
        startAll();
        broker.signal("STOP");
        pass(SETTLED);
        assertAllEnd();
    }

    @Test
    @Tag("trouble")
    @Timeout(600)
    void whileAnotherProgramHasATransactionOpen() throws Exception {
        startAll();
        try (Producer<String, byte[]> foreign = openTransactions()) {
            startUnseen("evaluate");
            startUnseen("report", "--out", folder.resolve("report").toString());
            for (String name : List.of("evaluate", "report")) {
                await().atMost(PATIENCE).until(() -> log(name).contains("waiting for what weft.images-0 has"));
            }
            assertAllEnd();
            foreign.abortTransaction();
        }
    }

    @Test
    @Tag("trouble")
    @Timeout(600)
    void whileAStartWaitsForATransaction() throws Exception {
        ensureTopics();
        try (Producer<String, byte[]> foreign = openTransactions()) {
            for (Topics.Spec topic : new Topics(WEFT).specs(1)) {
                foreign.send(new ProducerRecord<>(topic.name(), "foreign", new byte[] {1}))
                        .get();
            }
            start("train", "--pipelines", "raw-kmeans-10,ae-kmeans-10");
            start("score", "--dir", state("score"));
            start("produce");
            start("monitor", "--port", "0");
            startUnseen("tail", "--from-beginning");
            startUnseen("evaluate");
            until(() -> log("train").contains("waiting for what weft.checkpoints-0 has"));
            until(() -> log("score").contains("waiting for what weft.models-0 has"));
            until(() -> log("produce").contains("waiting for what weft.images-0 has"));
            until(() -> log("evaluate").contains("waiting for what weft.models-0 has"));
            awaitReady("monitor");
            assertAllEnd();
            foreign.abortTransaction();
        }
    }

    @Test
    @Tag("trouble")
    @Timeout(600)
    void whileTheEndOfAReplayIsWaitedFor() throws Exception {
        ensureTopics();
        start("up", "--once", "--rate", "500", "--limit", "2000", "--dir", state("up"), "--port", "0");
        await().atMost(PATIENCE).until(() -> end(new Topics(WEFT).images()) > 0);
        try (Producer<String, byte[]> foreign = openTransactions()) {
            until(() -> log("up").contains("waiting for what weft.images-0 has"));
            assertAllEnd();
            foreign.abortTransaction();
        }
    }

    @Test
    @Tag("trouble")
    @Timeout(600)
    void whileTheImagesOfItsOwnBrokerAreGone() throws Exception {
        int port = WeftProcess.freePort();
        int metrics = WeftProcess.freePort();
        List<String> arguments = new ArrayList<>(List.of("up", "--dir", state("own"), "--port", "0", "--rate", "100"));
        arguments.addAll(List.of("--kafka-port", Integer.toString(port)));
        arguments.addAll(List.of("--metrics-port", Integer.toString(metrics)));
        kafka = KafkaConnection.to("127.0.0.1:" + port, Map.of());
        parts.add(new Part("up", WeftProcess.start(folder.resolve("own.log"), arguments), metrics));
        awaitReady("up");
        delete(new Topics(WEFT).images());
        awaitHealthSays("topics", ".images is gone: it was deleted");
        assertAllEnd();
    }

    @Test
    @Tag("trouble")
    @Timeout(600)
    void whileTheImagesAreGone() throws Exception {
        startAll();
        delete(new Topics(WEFT).images(), new Topics(OTHER).images());
        awaitHealthSays("topics", ".images is gone: it was deleted");
        awaitTrainersSay(".images is gone: it was deleted");
        assertAllEnd();
    }

    @Test
    @Tag("trouble")
    @Timeout(600)
    void whileTheImagesAreAnotherTopic() throws Exception {
        startAll();
        delete(new Topics(WEFT).images(), new Topics(OTHER).images());
        ensureTopics();
        awaitHealthSays("topics", ".images was deleted and made again: this process must be started again");
        awaitTrainersSay(".images was deleted and made again: this process must be started again");
        assertAllEnd();
    }

    @Test
    @Tag("trouble")
    @Timeout(600)
    void whileAllOtherTopicsAreGone() throws Exception {
        startAll();
        delete(otherTopics());
        otherNames().forEach(name -> awaitHealthSays("topics", name + " is gone: it was deleted"));
        assertAllEnd();
    }

    @Test
    @Tag("trouble")
    @Timeout(600)
    void whileAllOtherTopicsAreOtherOnes() throws Exception {
        startAll();
        delete(otherTopics());
        ensureTopics();
        otherNames()
                .forEach(name -> awaitHealthSays(
                        "topics", name + " was deleted and made again: this process must be started again"));
        assertAllEnd();
    }

    private Producer<String, byte[]> openTransactions() throws Exception {
        Producer<String, byte[]> foreign = kafka.producer(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "foreign",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                "600000"));
        foreign.initTransactions();
        foreign.beginTransaction();
        for (String prefix : List.of(WEFT, OTHER)) {
            foreign.send(new ProducerRecord<>(new Topics(prefix).images(), "foreign", new byte[] {1}))
                    .get();
        }
        return foreign;
    }

    /// Of all topics but the images, without the prefix.
    private static List<String> otherNames() {
        Topics topics = new Topics(WEFT);
        return topics.specs(1).stream()
                .map(Topics.Spec::name)
                .filter(name -> !name.equals(topics.images()))
                .map(name -> name.substring(WEFT.length()))
                .toList();
    }

    private static String[] otherTopics() {
        return otherNames().stream()
                .flatMap(name -> Stream.of(WEFT + name, OTHER + name))
                .toArray(String[]::new);
    }

    private void awaitHealthSays(String part, String what) {
        for (Part service : parts) {
            if (service.metrics() > 0) {
                awaitHealthSays(service.name(), part, what);
            }
        }
    }

    private void awaitTrainersSay(String what) {
        awaitHealthSays("train", "training of raw", what);
        awaitHealthSays("train", "training of ae", what);
        awaitHealthSays("up", "training of raw", what);
    }

    private void awaitHealthSays(String service, String part, String what) {
        await().atMost(PATIENCE)
                .until(
                        () -> health(service),
                        told -> told.lines()
                                .anyMatch(line -> line.startsWith(part + " in trouble with Kafka since ")
                                        && line.contains(what)));
    }

    /// Starts one of each, and waits until all are at work.
    private void startAll() throws Exception {
        ensureTopics();
        start("train", "--pipelines", "raw-kmeans-10,ae-kmeans-10");
        start("score", "--dir", state("score"), "--pipelines", "raw-kmeans-10,ae-kmeans-10");
        start("monitor", "--port", "0");
        startUnseen("tail", "--from-beginning");
        start("produce", "--rate", "100");
        start(
                "up",
                "--prefix",
                OTHER,
                "--pipelines",
                "raw-kmeans-10",
                "--dir",
                state("up"),
                "--port",
                "0",
                "--rate",
                "100");
        for (String prefix : List.of(WEFT, OTHER)) {
            until(() -> end(new Topics(prefix).assignments()) > 10);
        }
        awaitReady("train", "score", "monitor", "produce", "up");
        until(() -> log("tail").contains("raw-kmeans-10"));
    }

    /// Waits, and tells what all have printed where that takes too long.
    private void until(Callable<Boolean> condition) throws Exception {
        try {
            await().atMost(PATIENCE).until(condition);
        } catch (ConditionTimeoutException late) {
            StringBuilder logs = new StringBuilder();
            for (Part part : parts) {
                String log = part.process().log();
                logs.append(part.name())
                        .append(": ")
                        .append(log, 0, Math.min(log.length(), 4_000))
                        .append('\n');
            }
            throw new AssertionError(logs.toString(), late);
        }
    }

    private void ensureTopics() {
        for (String prefix : List.of(WEFT, OTHER)) {
            TopicSetup.ensure(kafka, new Topics(prefix), Optional.of(1), (short) 1);
            DatasetTopic.tell(kafka, new Topics(prefix), TestData.FASHION);
        }
    }

    private String state(String name) {
        return folder.resolve(name).toString();
    }

    private void start(String command, String... more) throws Exception {
        int port = WeftProcess.freePort();
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--metrics-port", Integer.toString(port)));
        add(command, port, arguments);
    }

    private void startUnseen(String command, String... more) throws Exception {
        add(command, 0, List.of(more));
    }

    private void add(String command, int port, List<String> more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command, "--kafka", kafka.bootstrap()));
        arguments.addAll(more);
        parts.add(new Part(command, WeftProcess.start(folder.resolve(command + ".log"), arguments), port));
    }

    private Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String log(String name) throws IOException {
        return part(name).process().log();
    }

    private void awaitReady(String... names) throws Exception {
        for (String name : names) {
            until(() -> get(name, "ready").startsWith("ok"));
        }
    }

    private String health(String name) throws Exception {
        return get(name, "health");
    }

    /// What it answers; empty while it does not.
    private String get(String name, String path) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + part(name).metrics() + "/" + path);
        try {
            return http.send(
                            HttpRequest.newBuilder(address)
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        }
    }

    private long end(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            return LogEnd.now(kafka, consumer, List.of(partition)).of(partition);
        }
    }

    private void delete(String... topics) throws Exception {
        try (Admin admin = kafka.admin()) {
            admin.deleteTopics(List.of(topics)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(List.of(topics)::contains));
        }
    }

    /// A state lasts so long; that is the case itself.
    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusMinutes(1)).until(() -> System.nanoTime() >= end);
    }

    /// One after the other, so that none waits for another's processor.
    private void assertAllEnd() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (Part part : parts) {
            WeftProcess process = part.process();
            boolean ended = process.terminate();
            all.assertThat(ended)
                    .as("%s ends within ten seconds: %s", part.name(), process.log())
                    .isTrue();
            if (ended) {
                all.assertThat(process.await())
                        .as("%s: %s", part.name(), process.log())
                        .isEqualTo(TERMINATED);
            }
        }
        all.assertAll();
    }
}
