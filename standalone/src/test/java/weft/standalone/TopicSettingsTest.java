package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;
import weft.standalone.command.Captured;

/// Topics as an operator, or a broker that creates them by itself, has made them: Weft works with each, or says
/// in one line why not.
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicSettingsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private final AtomicInteger number = new AtomicInteger();
    private EmbeddedBroker broker;
    private KafkaConnection kafka;

    @BeforeAll
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    /// Each row has topics of its own prefix, the named one made before Weft comes.
    private Topics made(String topic, int partitions, String settings) throws Exception {
        Topics topics = new Topics("row" + number.getAndIncrement());
        Map<String, String> config = new HashMap<>();
        for (String setting : settings.split(" ", -1)) {
            String[] pair = setting.split("=", 2);
            config.put(pair[0], pair[1]);
        }
        try (Admin admin = kafka.admin()) {
            admin.createTopics(
                            List.of(new NewTopic(topics.prefix() + "." + topic, partitions, (short) 1).configs(config)))
                    .all()
                    .get();
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().contains(topics.prefix() + "." + topic));
        }
        return topics;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images      | 1 | cleanup.policy=compact        | images has cleanup.policy=compact, not delete",
                "images      | 1 | cleanup.policy=compact,delete | images has cleanup.policy=compact,delete, not delete",
                "assignments | 1 | cleanup.policy=compact        | assignments has cleanup.policy=compact, not delete",
                "quality     | 1 | cleanup.policy=compact        | quality has cleanup.policy=compact, not delete",
                "models      | 1 | cleanup.policy=delete         | models has cleanup.policy=delete, not compact",
                "checkpoints | 1 | cleanup.policy=compact        | checkpoints has max.message.bytes=1048588, not 33558528",
                "models      | 3 | cleanup.policy=compact        | models has 3 partitions, not 1",
                "labels      | 3 | retention.ms=1000             | labels has 3 partitions, not the 1 of",
                "images      | 1 | min.insync.replicas=2         | images has min.insync.replicas=2 and 1 copy: nothing can be written",
            })
    void isRefusedInOneLine(String topic, int partitions, String settings, String why) throws Exception {
        Topics topics = made(topic, partitions, settings);
        assertThatThrownBy(() -> TopicSetup.ensure(kafka, topics, Optional.empty(), (short) 1))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("topics exist with other settings: ")
                .hasMessageContaining(topics.prefix() + "." + why)
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images      | 1 | message.timestamp.type=LogAppendTime",
                "images      | 1 | message.timestamp.type=CreateTime",
                "assignments | 1 | message.timestamp.type=CreateTime",
                "models      | 1 | message.timestamp.type=LogAppendTime cleanup.policy=compact max.message.bytes=5000000",
                "assignments | 1 | retention.ms=1000",
                // As a broker with auto.create.topics.enable and num.partitions=3 makes it for whoever comes first.
                "images      | 3 | message.timestamp.type=CreateTime cleanup.policy=delete",
            })
    void works(String topic, int partitions, String settings) throws Exception {
        Topics topics = made(topic, partitions, settings);
        Captured up = up(topics);
        assertThat(up.exitCode()).as(up.log()).isZero();
        assertThat(up.log()).contains("1400 images, 1400 assignments, 0 dead letters");
        String told = "topic " + topics.prefix() + "." + topic + " has message.timestamp.type=CreateTime: what says";
        assertThat(up.log().contains(told)).isEqualTo(!settings.contains("LogAppendTime"));
    }

    /// What is deleted before it is read is missed; nothing waits for it for ever.
    @Test
    void imagesThatAreGoneAtOnceEndInFiguresOrInOneLine() throws Exception {
        Topics topics = made("images", 1, "retention.ms=1");
        Captured up = up(topics);
        if (up.exitCode() != 0) {
            assertThat(up.log().lines().filter(line -> line.startsWith("weft: ")))
                    .as(up.log())
                    .hasSize(1);
        }
    }

    private Captured up(Topics topics) {
        List<String> arguments = new ArrayList<>(List.of("up", "--once", "--limit", "1400"));
        arguments.addAll(List.of("--kafka", broker.address(), "--prefix", topics.prefix()));
        arguments.addAll(List.of("--pipelines", "raw-kmeans-10", "--port", "0", "--metrics-port", "0"));
        arguments.addAll(List.of("--dir", folder.resolve(topics.prefix()).toString()));
        return Captured.run(arguments);
    }
}
