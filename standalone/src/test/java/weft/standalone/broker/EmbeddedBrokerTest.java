package weft.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;

@Tag("system")
class EmbeddedBrokerTest {
    private static final Topics TOPICS = new Topics("weft");

    @TempDir
    private Path folder;

    @Test
    void keepsTopicsAndRecordsOverARestart() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, "127.0.0.1", 0)) {
            KafkaConnection kafka = connection(broker);
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
                producer.send(new ProducerRecord<>(
                                TOPICS.images(), "train-00000", "one".getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, "127.0.0.1", 0)) {
            KafkaConnection kafka = connection(broker);
            TopicSetup.ensure(kafka, TOPICS, Optional.empty(), (short) 1);
            List<String> keys = new ArrayList<>();
            try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
                TopicPartition partition = new TopicPartition(TOPICS.images(), 0);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                while (consumer.position(partition) < 1) {
                    consumer.poll(Duration.ofMillis(200)).forEach(record -> keys.add(record.key()));
                }
            }
            assertThat(keys).containsExactly("train-00000");
        }
    }

    @Test
    void refusesAFolderInUseAndTopicsWithOtherSettings() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, "127.0.0.1", 0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, "127.0.0.1", 0))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("folder " + folder + " is in use");

            KafkaConnection kafka = connection(broker);
            try (Admin admin = kafka.admin()) {
                admin.createTopics(List.of(new NewTopic(TOPICS.models(), 2, (short) 1)
                                .configs(Map.of("cleanup.policy", "delete"))))
                        .all()
                        .get();
            }
            assertThatThrownBy(() -> TopicSetup.ensure(kafka, TOPICS, Optional.empty(), (short) 1))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("weft.models has 2 partitions, not 1")
                    .hasMessageContaining("weft.models has cleanup.policy=delete, not compact")
                    .hasMessageContaining("weft.models has max.message.bytes=");
        }
    }

    @Test
    void namesABusyPort() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, "127.0.0.1", busy.getLocalPort()))
                    .isInstanceOf(UserError.class)
                    .hasMessage("port 127.0.0.1:" + busy.getLocalPort() + " for Kafka is in use (--kafka-port)");
        }
    }

    @Test
    void namesAnAddressThatIsNotThisMachines() {
        // 192.0.2.0/24 is for documentation (RFC 5737): no machine has it.
        assertThatThrownBy(() -> EmbeddedBroker.start(folder, "192.0.2.1", 0))
                .isInstanceOf(UserError.class)
                .hasMessage("--bind 192.0.2.1 is no address of this machine");
    }

    @Test
    void leavesAFolderAloneThatIsNotABrokers() throws Exception {
        Path theirs = Files.createDirectories(folder.resolve("kafka"));
        Files.writeString(theirs.resolve("pom.xml"), "<project/>");

        assertThatThrownBy(() -> EmbeddedBroker.start(theirs, "127.0.0.1", 0))
                .isInstanceOf(UserError.class)
                .hasMessage("folder " + theirs + " is not a broker's: it holds pom.xml and no meta.properties (--dir)");
        try (Stream<Path> files = Files.list(theirs)) {
            assertThat(files).containsExactly(theirs.resolve("pom.xml"));
        }
    }

    /// Neither `0.0.0.0` nor `:::9092` is a place to go.
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "127.0.0.1", "::1", "localhost"})
    void clientsReachWhatIsAdvertised(String bind) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, bind, 0);
                Admin admin = connection(broker).admin()) {
            Node node = admin.describeCluster().nodes().get().iterator().next();
            assertThat(node.host()).isNotIn("0.0.0.0", "::", "0:0:0:0:0:0:0:0");
            assertThat(new Address(node.host(), node.port())).hasToString(broker.address());
        }
    }

    @Test
    void advertisesTheNameThatIsGiven() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, "0.0.0.0", 0, Optional.of("localhost"));
                Admin admin = connection(broker).admin()) {
            assertThat(admin.describeCluster().nodes().get().iterator().next().host())
                    .isEqualTo("localhost");
        }
    }

    @Test
    void refusesToAdvertiseWhereNobodyAnswers() {
        assertThatThrownBy(() -> EmbeddedBroker.start(folder, "127.0.0.1", 0, Optional.of("127.0.0.1:1")))
                .isInstanceOf(UserError.class)
                .hasMessage("Kafka would tell its clients to come to 127.0.0.1:1, where nobody answers (--advertise)");
    }

    @Test
    void refusesAFolderThatIsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> EmbeddedBroker.start(file, "127.0.0.1", 0))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file.toString());
    }

    private static KafkaConnection connection(EmbeddedBroker broker) {
        return KafkaConnection.to(broker.address(), Map.of());
    }
}
