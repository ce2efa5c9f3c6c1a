package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.ImageHeaders;
import weft.standalone.broker.EmbeddedBroker;
import weft.standalone.command.Captured;

/// A stream that was stopped goes on with its own data, and with no other.
@Tag("system")
class IdentityTest {
    private static final int TRAIN = 858;

    private static final int TEST = 142;
    private static final Pattern HALF = Pattern.compile("images [3-9]\\d\\d/1000");

    @TempDir
    private Path folder;

    @Test
    void otherDataIsRefusedInOneLineAndNothingIsMixed() throws Exception {
        Path data = noise("one/noise", 1);
        try (WeftProcess up =
                WeftProcess.start(folder.resolve("up.log"), up("--data", data.toString(), "--rate", "100"))) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> HALF.matcher(up.log()).find());
            assertThat(up.terminate()).isTrue();
        }
        Path other = noise("two/noise", 2);
        Captured refused = Captured.run(up("--once", "--data", other.toString()));
        assertThat(refused.exitCode()).as(refused.log()).isEqualTo(2);
        assertThat(refused.log().lines().filter(line -> line.startsWith("weft: ")))
                .singleElement()
                .asString()
                .matches("weft: topic weft.images holds the replay shuffled/42/858\\+142/[0-9a-f]{8}/1, which is not"
                        + " shuffled/42/858\\+142/[0-9a-f]{8}/1 .*");
        assertThat(refused.log()).doesNotContain("\tat ");
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(folder.resolve("state").resolve("kafka"), "127.0.0.1", 0)) {
            List<ConsumerRecord<String, byte[]>> images =
                    TopicReader.read(KafkaConnection.to(broker.address(), Map.of()), "weft.images");
            assertThat(images).hasSizeBetween(300, 1_000);
            assertThat(images.stream()
                            .map(image -> ImageHeaders.text(image.headers(), ImageHeaders.REPLAY))
                            .distinct())
                    .hasSize(1);
        }
        Captured whole = Captured.run(up("--once", "--data", data.toString()));
        assertThat(whole.exitCode()).as(whole.log()).isZero();
        assertThat(whole.log()).contains("1000 images, 1000 assignments, 0 dead letters");
    }

    private List<String> up(String... more) {
        List<String> arguments = new ArrayList<>(List.of("up", "--pipelines", "raw-kmeans-10"));
        arguments.addAll(List.of("--dir", folder.resolve("state").toString()));
        arguments.addAll(List.of("--kafka-port", "0", "--port", "0", "--metrics-port", "0"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /// Noise as IDX files: the same name and numbers of images, other pixels for another seed.
    private Path noise(String name, int seed) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name));
        write(data, "train", TRAIN, seed);
        write(data, "t10k", TEST, -seed);
        return data;
    }

    private static void write(Path data, String part, int images, int seed) throws Exception {
        Random random = new Random(seed);
        byte[] pixels = new byte[images * 784];
        random.nextBytes(pixels);
        Files.write(
                data.resolve(part + "-images-idx3-ubyte"),
                ByteBuffer.allocate(16 + pixels.length)
                        .putInt(0x803)
                        .putInt(images)
                        .putInt(28)
                        .putInt(28)
                        .put(pixels)
                        .array());
        ByteBuffer labels = ByteBuffer.allocate(8 + images).putInt(0x801).putInt(images);
        for (int i = 0; i < images; i++) {
            labels.put((byte) (i % 10));
        }
        Files.write(data.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
}
