package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;

/// What the data are is told once for a prefix.
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatasetTopicTest {
    @TempDir
    private static Path folder;

    private EmbeddedBroker broker;
    private KafkaConnection kafka;

    @BeforeAll
    void open() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
    }

    @AfterAll
    void close() {
        broker.close();
    }

    private Captured weft(String prefix, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--kafka", broker.address(), "--prefix", prefix));
        arguments.addAll(List.of(more));
        return Captured.run(arguments.toArray(String[]::new));
    }

    @Test
    void anotherDataSetOnThePrefixIsRefusedInOneLine() throws Exception {
        Path names = Files.writeString(folder.resolve("names.txt"), "zero\none\n");
        String[] told = {"--shape", "8x8", "--classes", names.toString(), "--dataset-name", "digits"};

        assertThat(weft("two", "topics", told).exitCode()).isZero();
        assertThat(weft("two", "topics", told).exitCode()).isZero();
        assertThat(DatasetTopic.read(kafka, new Topics("two")))
                .contains(new Dataset("digits", new Shape.Image(8, 8, 1), List.of("zero", "one")));
        Captured other = weft("two", "topics", "--shape", "512");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .isEqualTo("weft: topic two.dataset says that the images are 'digits', 8x8, 2 classes from zero, and"
                        + " these are 'images', 512 (another data set needs another --prefix)\n");
        Captured replay = weft("two", "produce", "--limit", "10", "--metrics-port", "0");
        assertThat(replay.exitCode()).isEqualTo(2);
        assertThat(replay.err()).contains("and these are 'Fashion-MNIST', 28x28, 10 classes from T-shirt/top");
        assertThat(weft("two", "tail", "--name", "Sock").err())
                .isEqualTo("weft: --name: no class is called 'Sock'; they are zero, one\n");
    }

    @Test
    void whoDoesNotWaitSaysWhatIsMissing() {
        assertThat(weft("none", "topics").exitCode()).isZero();

        Captured evaluate = weft("none", "evaluate");
        assertThat(evaluate.exitCode()).isEqualTo(2);
        assertThat(evaluate.err())
                .isEqualTo("weft: topic none.dataset does not say what the images are: 'weft topics --shape SHAPE'"
                        + " tells it\n");
    }

    @Test
    void whatIsNoDataSetIsNamedByItsPlace() throws Exception {
        assertThat(weft("bad", "topics").exitCode()).isZero();
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            byte[] json = "{\"name\":\"x\",\"shape\":{\"kind\":\"cube\"}}".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>("bad.dataset", "dataset", json)).get();
        }

        assertThat(weft("bad", "evaluate").err())
                .isEqualTo("weft: bad.dataset at offset 0 has no data set: shape.kind must be image or vector, not"
                        + " 'cube'\n");
    }
}
