package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// Raw images, PNG, JPEG and JSON beside each other, sent by Python: each is assigned once, a bad one is a dead
/// letter that says why.
@Tag("system")
class ContentsTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void everyContentTypeIsAssignedOnceAndBadOnesAreDeadLetters() throws Exception {
        picture("image.png", 40, 30, BufferedImage.TYPE_INT_RGB);
        picture("image.jpg", 28, 28, BufferedImage.TYPE_BYTE_GRAY);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
            List<String> score = List.of(
                    "score",
                    "--kafka",
                    broker.address(),
                    "--pipelines",
                    "raw-kmeans-3,raw-kmeans-7",
                    "--metrics-port",
                    "0",
                    "--dir",
                    folder.resolve("score").toString());
            try (FlatModels models = new FlatModels(kafka, TOPICS);
                    WeftProcess _ = WeftProcess.start(folder.resolve("score.log"), score)) {
                models.publish(1);
                Python.run(
                        folder.resolve("send.txt"),
                        "confluent_kafka",
                        "send_contents.py",
                        broker.address(),
                        folder.toString());

                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(deadLetters(kafka)).hasSize(5);
                    assertThat(assignments(kafka)).hasSize(5);
                });

                assertThat(assignments(kafka))
                        .containsOnlyKeys("good-raw", "good-octets", "good-png", "good-jpeg", "good-json")
                        .allSatisfy((_, times) -> assertThat(times).isEqualTo(2));
                Map<String, String> reasons = deadLetters(kafka);
                assertThat(reasons)
                        .containsEntry("bad-short", "an image has 784 bytes, not 783")
                        .containsEntry("bad-jpeg", "not a JPEG: it starts with 0x89504e47")
                        .containsEntry("bad-json", "value 0 must be a whole number from 0 to 255, not 0.5");
                assertThat(reasons.get("bad-png")).startsWith("not a readable PNG: ");
                assertThat(reasons.get("bad-type")).startsWith("header content-type must be one of ");
            }
        }
    }

    private void picture(String name, int width, int height, int type) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, 0xFF000000 | i * 7919);
        }
        String format = name.endsWith("png") ? "png" : "jpeg";
        assertThat(ImageIO.write(image, format, folder.resolve(name).toFile())).isTrue();
    }

    /// How many assignments each image has.
    private static Map<String, Integer> assignments(KafkaConnection kafka) throws IOException {
        Map<String, Integer> times = new TreeMap<>();
        for (var record : TopicReader.read(kafka, TOPICS.assignments())) {
            times.merge(
                    new ObjectMapper()
                            .readTree(record.value())
                            .required("imageId")
                            .asText(),
                    1,
                    Integer::sum);
        }
        return times;
    }

    private static Map<String, String> deadLetters(KafkaConnection kafka) {
        Map<String, String> reasons = new TreeMap<>();
        for (var record : TopicReader.read(kafka, TOPICS.deadLetters())) {
            byte[] reason = Objects.requireNonNull(record.headers().lastHeader("reason"))
                    .value();
            reasons.put(record.key(), new String(reason, StandardCharsets.UTF_8));
        }
        return reasons;
    }
}
