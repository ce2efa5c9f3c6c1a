package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;
import weft.standalone.command.WeftCommand;
import weft.testing.TestData;

/// Kafka in trouble for longer than a moment: three brokers that are killed and hung, services that freeze. No
/// process ends, and what comes of it is what comes of an undisturbed run.
@Tag("system")
class BrokerTroubleTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final List<String> PIPELINES = List.of("raw-kmeans-10", "ae-kmeans-10");
    private static final int LIMIT = 4_200;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration KILLED = Duration.ofSeconds(15);
    private static final Duration HUNG = Duration.ofSeconds(25);

    /// Longer than the minute that many of a client's time-outs have.
    private static final Duration FROZEN = Duration.ofSeconds(75);

    private static final Duration ALL_GONE = Duration.ofSeconds(100);

    @TempDir
    private Path folder;

    private final Map<String, WeftProcess> services = new HashMap<>();

    @Test
    @Tag("trouble")
    @Timeout(1_200)
    void nothingEndsAndNothingIsLostOrDoneTwice() throws Exception {
        try (ThreeBrokers brokers = ThreeBrokers.start(folder)) {
            KafkaConnection kafka = KafkaConnection.to(brokers.bootstrap(), Map.of());
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 3);
            DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
            try {
                disturb(brokers, kafka);
                assertEveryImageOnce(kafka);
                assertThat(newestModels(kafka)).containsOnlyKeys("raw", "ae").isEqualTo(undisturbed());
                for (Map.Entry<String, WeftProcess> service : services.entrySet()) {
                    assertThat(service.getValue().terminate())
                            .as("%s ends within ten seconds", service.getKey())
                            .isTrue();
                }
            } finally {
                services.values().forEach(WeftProcess::close);
            }
        }
    }

    private void disturb(ThreeBrokers brokers, KafkaConnection kafka) throws Exception {
        service("train", brokers, "train", "--pipelines", String.join(",", PIPELINES));
        score("first", brokers);
        WeftProcess producer =
                service("produce", brokers, "produce", "--limit", Integer.toString(LIMIT), "--rate", "20");
        awaitAssignments(kafka, 1_500);
        score("second", brokers);

        brokers.kill(0);
        pass(KILLED);
        brokers.start(0);
        brokers.awaitAll();
        brokers.hang(1);
        pass(HUNG);
        brokers.goOn(1);
        assertAllAlive();

        freeze("train", "first");

        for (int i = 0; i < 3; i++) {
            brokers.kill(i);
        }
        pass(ALL_GONE);
        assertAllAlive();
        for (int i = 0; i < 3; i++) {
            brokers.start(i);
        }
        brokers.awaitAll();

        assertThat(producer.await(PATIENCE)).as(producer.log()).isZero();
        services.remove("produce");
        awaitAssignments(kafka, LIMIT * PIPELINES.size());
        awaitTrained(kafka);
        assertAllAlive();
    }

    private void freeze(String... names) throws Exception {
        for (String name : names) {
            Objects.requireNonNull(services.get(name)).signal("STOP");
        }
        pass(FROZEN);
        for (String name : names) {
            Objects.requireNonNull(services.get(name)).signal("CONT");
        }
    }

    /// The disturbance lasts so long; that is the case itself.
    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusMinutes(1)).until(() -> System.nanoTime() >= end);
    }

    private void score(String name, ThreeBrokers brokers) throws Exception {
        service(
                name,
                brokers,
                "score",
                "--pipelines",
                String.join(",", PIPELINES),
                "--dir",
                folder.resolve(name).toString());
    }

    private WeftProcess service(String name, ThreeBrokers brokers, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--kafka", brokers.bootstrap(), "--metrics-port", "0"));
        WeftProcess process = WeftProcess.start(folder.resolve(name + ".log"), all);
        services.put(name, process);
        return process;
    }

    private void assertAllAlive() throws Exception {
        for (Map.Entry<String, WeftProcess> service : services.entrySet()) {
            assertThat(service.getValue().isAlive())
                    .as("%s: %s", service.getKey(), service.getValue().log())
                    .isTrue();
        }
    }

    private static void awaitAssignments(KafkaConnection kafka, int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .until(() -> TopicReader.read(kafka, TOPICS.assignments()).size() >= count);
    }

    /// Both models have learnt from every training image: their newest snapshots are the last ones.
    private static void awaitTrained(KafkaConnection kafka) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .until(() -> TopicReader.read(kafka, TOPICS.models()).stream()
                                .filter(record -> version(record) == trainImages())
                                .map(record -> SnapshotKey.parse(record.key()).model())
                                .distinct()
                                .count()
                        == 2);
    }

    private static long version(ConsumerRecord<String, byte[]> record) {
        try {
            return Families.SNAPSHOTS.decode(record.value()).version();
        } catch (InvalidSnapshotException fault) {
            throw new AssertionError(fault);
        }
    }

    private static long trainImages() {
        return LIMIT * 6L / 7;
    }

    private static void assertEveryImageOnce(KafkaConnection kafka) {
        Set<String> expected = new HashSet<>();
        TopicReader.read(kafka, TOPICS.images())
                .forEach(record -> PIPELINES.forEach(pipeline -> expected.add(record.key() + " " + pipeline)));
        assertThat(expected).as("images sent once each").hasSize(LIMIT * PIPELINES.size());
        assertThat(TopicReader.read(kafka, TOPICS.images())).hasSize(LIMIT);
        List<String> assigned = TopicReader.read(kafka, TOPICS.assignments()).stream()
                .map(record -> record.key() + " "
                        + AssignmentEvent.fromJson(record.value()).pipeline())
                .toList();
        assertThat(assigned).hasSize(expected.size());
        assertThat(new HashSet<>(assigned)).isEqualTo(expected);
    }

    private static Map<String, String> newestModels(KafkaConnection kafka) throws Exception {
        Map<String, String> models = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : TopicReader.read(kafka, TOPICS.models())) {
            models.put(
                    SnapshotKey.parse(record.key()).model().toString(),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(record.value())));
        }
        return models;
    }

    private Map<String, String> undisturbed() throws Exception {
        Path state = folder.resolve("undisturbed");
        assertThat(WeftCommand.execute(
                        "up",
                        "--once",
                        "--dir",
                        state.toString(),
                        "--pipelines",
                        String.join(",", PIPELINES),
                        "--limit",
                        Integer.toString(LIMIT),
                        "--kafka-port",
                        "0",
                        "--port",
                        "0",
                        "--metrics-port",
                        "0"))
                .isZero();
        try (EmbeddedBroker broker = EmbeddedBroker.start(state.resolve("kafka"), "127.0.0.1", 0)) {
            return newestModels(KafkaConnection.to(broker.address(), Map.of()));
        }
    }
}
