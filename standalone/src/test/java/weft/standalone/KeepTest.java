package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.Keep;
import weft.kafka.wire.Topics;
import weft.standalone.broker.EmbeddedBroker;
import weft.standalone.command.Captured;

/// An endless stream does not fill the disk.
@Tag("system")
class KeepTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final TopicPartition IMAGES = new TopicPartition(TOPICS.images(), 0);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int KEPT = 32_000_000;

    @TempDir
    private Path folder;

    @Test
    void whatIsTooMuchIsDeletedAlsoWhereTheTopicHadNoBound() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
        try (broker;
                Admin admin = kafka.admin();
                Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            TopicSetup.ensure(
                    kafka, TOPICS, Optional.empty(), (short) 1, new Keep(Optional.empty(), OptionalLong.of(KEPT)));
            Random random = new Random(1);
            byte[] noise = new byte[784];
            for (int i = 0; i < 50_000; i++) {
                random.nextBytes(noise);
                var _ = producer.send(new ProducerRecord<>(TOPICS.images(), "image-" + i, noise.clone()));
            }
            producer.flush();
            await().atMost(PATIENCE).until(() -> bytes(admin) <= KEPT / 2);
            assertThat(bytes(admin)).as("no more than must be").isGreaterThan(KEPT / 4);
            long first = admin.listOffsets(Map.of(IMAGES, OffsetSpec.earliest()))
                    .partitionResult(IMAGES)
                    .get()
                    .offset();
            // 40 MB of images came, 12 to 16 MB are there.
            assertThat(first).isBetween(28_000L, 40_000L);
        }
    }

    private static long bytes(Admin admin) throws Exception {
        return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                .flatMap(folders -> folders.values().stream())
                .map(found -> found.replicaInfos().get(IMAGES))
                .mapToLong(replica -> replica == null ? 0 : replica.size())
                .sum();
    }

    @Test
    void upSaysHowLongItsDiskLasts() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("up", "--once", "--limit", "600", "--rate", "1000"));
        arguments.addAll(List.of("--pipelines", "raw-kmeans-10,raw-kmeans-20", "--dir", folder.toString()));
        arguments.addAll(List.of("--kafka-port", "0", "--port", "0", "--metrics-port", "0"));
        Captured up = Captured.run(arguments);
        assertThat(up.exitCode()).as(up.log()).isZero();
        Matcher line = Pattern.compile(
                        "kept up to 20GB \\(--keep-bytes\\), which is the last ([0-9.]+) hours at "
                                + "1000 images/s: an image takes 0\\.(\\d\\d) KB, its assignment 0\\.09 KB in each of 2 pipelines")
                .matcher(up.log());
        assertThat(line.find()).as(up.log()).isTrue();
        int image = 10 * Integer.parseInt(line.group(2));
        assertThat(image).as("measured: 606 bytes").isBetween(550, 700);
        assertThat(Double.parseDouble(line.group(1))).isBetween(10e9 / 700 / 3.6e6 - 0.1, 10e9 / 550 / 3.6e6 + 0.1);
    }
}
