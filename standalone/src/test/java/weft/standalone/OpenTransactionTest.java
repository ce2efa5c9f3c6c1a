package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.model.Snapshot;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;
import weft.standalone.command.Captured;
import weft.testing.TestData;

/// Another program has a transaction open on a topic of Weft's: what is committed behind it is waited for.
@Tag("system")
class OpenTransactionTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LIMIT = 2_000;

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private KafkaConnection kafka;
    private Producer<String, byte[]> foreign;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
        DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
        foreign = kafka.producer(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "foreign",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                "300000"));
        foreign.initTransactions();
    }

    @AfterEach
    void stop() {
        foreign.close();
        broker.close();
    }

    private void open(String topic) throws Exception {
        foreign.beginTransaction();
        foreign.send(new ProducerRecord<>(topic, "foreign", new byte[] {1})).get();
    }

    @Test
    void theEndIsBehindAnOpenTransaction() throws Exception {
        open(TOPICS.models());
        try (Producer<String, byte[]> producer = kafka.producer(Map.of());
                Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            producer.send(new ProducerRecord<>(TOPICS.models(), "raw", new byte[] {2}))
                    .get();
            TopicPartition partition = new TopicPartition(TOPICS.models(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 0L);
            LogEnd end = LogEnd.now(kafka, consumer, List.of(partition));
            assertThat(end.of(partition)).isEqualTo(2);
            assertThat(end.reached()).isFalse();
            foreign.abortTransaction();
            List<String> keys = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> keys.add(record.key()));
                return end.reached();
            });
            assertThat(keys).containsExactly("raw");
        }
    }

    @Test
    void aTrainingNeverGoesOnFromAnOlderCheckpoint() throws Exception {
        try (WeftProcess train = train("train")) {
            await().atMost(PATIENCE).until(() -> train.log().contains("goes on after 0 images"));
            open(TOPICS.checkpoints());
            Captured produce = Captured.run(produce(0));
            assertThat(produce.exitCode()).as(produce.log()).isZero();
            await().atMost(PATIENCE).until(() -> committed() > LIMIT / 2);
            train.kill();
        }
        try (WeftProcess again = train("again")) {
            await().atMost(PATIENCE)
                    .until(() -> again.log().contains("waiting for what weft.checkpoints-0 has from offset 0 to "));
            assertThat(again.log()).doesNotContain("goes on after");
            foreign.abortTransaction();
            Pattern goesOn = Pattern.compile("model raw goes on after (\\d+) images");
            await().atMost(PATIENCE).until(() -> goesOn.matcher(again.log()).find());
            Matcher found = goesOn.matcher(again.log());
            assertThat(found.find()).isTrue();
            assertThat(Long.parseLong(found.group(1))).isPositive().isGreaterThanOrEqualTo(newestVersion());
        }
    }

    @Test
    void aReplayFindsItsPlace() throws Exception {
        try (WeftProcess produce = WeftProcess.start(folder.resolve("first.log"), produce(500))) {
            await().atMost(PATIENCE).until(() -> images() > 0);
            open(TOPICS.images());
            assertThat(produce.await()).as(produce.log()).isZero();
        }
        try (WeftProcess again = WeftProcess.start(folder.resolve("again.log"), produce(0))) {
            await().atMost(PATIENCE)
                    .until(() -> again.log().contains("waiting for what weft.images-0 has from offset "));
            foreign.abortTransaction();
            assertThat(again.await()).as(again.log()).isZero();
        }
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            TopicPartition partition = new TopicPartition(TOPICS.images(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            LogEnd end = LogEnd.now(kafka, consumer, List.of(partition));
            List<String> ids = new ArrayList<>();
            while (!end.reached()) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> ids.add(record.key()));
            }
            assertThat(ids).hasSize(LIMIT).doesNotHaveDuplicates();
        }
    }

    @Test
    void theEndOfAReplayIsBehindAnOpenTransaction() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("up", "--once", "--kafka", broker.address()));
        arguments.addAll(List.of("--pipelines", "raw-kmeans-10", "--rate", "500", "--limit", "" + LIMIT));
        arguments.addAll(List.of("--port", "0", "--metrics-port", "0"));
        arguments.addAll(List.of("--dir", folder.resolve("up").toString()));
        try (WeftProcess up = WeftProcess.start(folder.resolve("up.log"), arguments)) {
            await().atMost(PATIENCE).until(() -> images() > 0);
            open(TOPICS.images());
            await().atMost(PATIENCE).until(() -> up.log().contains("waiting for what weft.images-0 has from offset "));
            assertThat(committed()).isLessThan(LIMIT);
            foreign.abortTransaction();
            assertThat(up.await()).as(up.log()).isZero();
            assertThat(committed()).isGreaterThan(LIMIT);
        }
    }

    @Test
    void theLookUpAnswersWhatWasCommittedBehind() throws Exception {
        open(TOPICS.assignments());
        ProducerRecord<String, byte[]> assignment = new ProducerRecord<>(
                TOPICS.assignments(), "behind", "{\"imageId\":\"behind\"}".getBytes(StandardCharsets.UTF_8));
        assignment.headers().add("pipeline", "raw-kmeans-10".getBytes(StandardCharsets.UTF_8));
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            producer.send(assignment).get();
        }
        int port = WeftProcess.freePort();
        List<String> arguments = new ArrayList<>(List.of("score", "--kafka", broker.address()));
        arguments.addAll(List.of("--dir", folder.resolve("score").toString()));
        arguments.addAll(List.of("--metrics-port", Integer.toString(port)));
        try (WeftProcess _ = WeftProcess.start(folder.resolve("score.log"), arguments)) {
            String address = "http://127.0.0.1:" + port + "/v1/images/behind";
            await().atMost(PATIENCE).until(() -> get(address).contains("error"));
            foreign.abortTransaction();
            await().atMost(PATIENCE).until(() -> get(address).contains("\"imageId\":\"behind\""));
        }
    }

    @Test
    void thePageCountsWhatStandsBehind() throws Exception {
        open(TOPICS.images());
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; i < 7; i++) {
                producer.send(new ProducerRecord<>(TOPICS.images(), "i" + i, new byte[784]))
                        .get();
            }
        }
        int port = WeftProcess.freePort();
        List<String> arguments = new ArrayList<>(List.of("monitor", "--kafka", broker.address()));
        arguments.addAll(List.of("--port", Integer.toString(port), "--metrics-port", "0"));
        try (WeftProcess _ = WeftProcess.start(folder.resolve("monitor.log"), arguments)) {
            String address = "http://127.0.0.1:" + port + "/api/frame";
            await().atMost(PATIENCE).until(() -> get(address).contains("\"behind\":8,"));
        }
    }

    /// Empty while nobody answers.
    private static String get(String address) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException notYet) {
            return "";
        }
    }

    private long images() {
        TopicPartition partition = new TopicPartition(TOPICS.images(), 0);
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            return LogEnd.now(kafka, consumer, List.of(partition)).of(partition);
        }
    }

    private List<String> produce(int rate) {
        List<String> arguments = new ArrayList<>(List.of("produce", "--kafka", broker.address()));
        arguments.addAll(List.of("--rate", Integer.toString(rate), "--limit", Integer.toString(LIMIT)));
        arguments.addAll(List.of("--metrics-port", "0"));
        return arguments;
    }

    private WeftProcess train(String name) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("train", "--kafka", broker.address()));
        arguments.addAll(List.of("--pipelines", "raw-kmeans-10", "--metrics-port", "0"));
        return WeftProcess.start(folder.resolve(name + ".log"), arguments);
    }

    private long committed() throws Exception {
        try (Admin admin = kafka.admin()) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(TOPICS.trainerGroup("raw"))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(TOPICS.images(), 0));
            return offset == null ? 0 : offset.offset();
        }
    }

    private long newestVersion() throws Exception {
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            TopicPartition partition = new TopicPartition(TOPICS.models(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            LogEnd end = LogEnd.now(kafka, consumer, List.of(partition));
            long version = 0;
            while (!end.reached()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Snapshot snapshot = Families.SNAPSHOTS.decode(record.value());
                    version = Math.max(version, snapshot.version());
                }
            }
            assertThat(version).isPositive();
            return version;
        }
    }
}
