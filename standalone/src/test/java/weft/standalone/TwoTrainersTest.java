package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// Two models in one process: the trouble of the one does not end, or hold up, the training of the other.
@Tag("system")
class TwoTrainersTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    @Timeout(400)
    void theOtherModelTrainsOn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
            try (WeftProcess train = weft(broker, "train", "--pipelines", "raw-kmeans-10,ae-kmeans-10");
                    WeftProcess produce = weft(broker, "produce", "--rate", "200")) {
                awaitVersion(kafka, "raw", 500);
                for (int trouble = 1; trouble <= 3; trouble++) {
                    fenceRaw(kafka);
                    int times = trouble;
                    await().atMost(PATIENCE).until(() -> count(train, "training of raw: works again") == times);
                }
                long learnt = newestVersion(kafka, "ae");
                assertThat(learnt).as("learnt meanwhile").isGreaterThan(500);
                awaitVersion(kafka, "raw", learnt + 1_000);
                awaitVersion(kafka, "ae", learnt + 1_000);
                assertThat(train.log()).doesNotContain("training of ae: trouble");
                assertThat(count(train, "model raw goes on after ")).isEqualTo(4);
                assertThat(count(train, "model ae goes on after ")).isEqualTo(1);
                assertThat(produce.isAlive()).as(produce.log()).isTrue();
                assertThat(train.terminate()).isTrue();
            }
        }
    }

    /// As a broker does that has lost patience: whoever has the transactional id cannot commit any more.
    private static void fenceRaw(KafkaConnection kafka) {
        try (Producer<String, byte[]> other =
                kafka.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TOPICS.trainerGroup("raw")))) {
            other.initTransactions();
        }
    }

    private static int count(WeftProcess process, String text) throws Exception {
        return process.log().split(text, -1).length - 1;
    }

    private static void awaitVersion(KafkaConnection kafka, String model, long version) {
        await().atMost(PATIENCE).until(() -> newestVersion(kafka, model) >= version);
    }

    private static long newestVersion(KafkaConnection kafka, String model) {
        return TopicReader.read(kafka, TOPICS.models()).stream()
                .filter(record ->
                        SnapshotKey.parse(record.key()).model().toString().equals(model))
                .filter(record -> record.value() != null)
                .mapToLong(TwoTrainersTest::version)
                .max()
                .orElse(0);
    }

    private static long version(ConsumerRecord<String, byte[]> record) {
        try {
            return Families.SNAPSHOTS.decode(record.value()).version();
        } catch (InvalidSnapshotException fault) {
            throw new AssertionError(fault);
        }
    }

    private WeftProcess weft(EmbeddedBroker broker, String command, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command, "--kafka", broker.address()));
        arguments.addAll(List.of("--metrics-port", "0"));
        arguments.addAll(List.of(more));
        return WeftProcess.start(folder.resolve(command + ".log"), arguments);
    }
}
