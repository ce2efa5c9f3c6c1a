package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weft.core.image.Dataset;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.UserError;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;
import weft.testing.EventSchema;
import weft.testing.MemoryKafka;
import weft.testing.TestData;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.Plans;

/// The trainer's Kafka shell around a learner that is tested by itself.
class ModelTrainerTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Of which a test sends thousands.
    private static final Dataset SMALL = new Dataset("small", Plans.SMALL, TestData.FASHION.classes());

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Random random = new Random(1);
    private int images;

    @AfterEach
    void everyEventFitsTheSchema() {
        assertThat(kafka.records(TOPICS.events()))
                .allSatisfy(
                        event -> assertThat(EventSchema.faults(event.value())).isEmpty());
    }

    @Test
    void aSnapshotIsPublishedWithItsCheckpointAndItsOffsets() throws Exception {
        send(700);
        try (TrainerService _ = start()) {
            await().atMost(PATIENCE).until(() -> !kafka.records(TOPICS.models()).isEmpty());
        }
        assertThat(failures).isEmpty();
        var published = kafka.records(TOPICS.models()).getFirst();
        var snapshot = Plans.CODEC.decode(published.value());
        assertThat(published.key()).isEqualTo("raw/" + snapshot.version());
        assertThat(snapshot.provenance().trainedThrough()).containsEntry(0, snapshot.version());
        assertThat(kafka.records(TOPICS.checkpoints()))
                .hasSameSizeAs(kafka.records(TOPICS.models()))
                .allSatisfy(record -> assertThat(record.key()).isEqualTo("raw"));
        assertThat(kafka.producers().getFirst().consumerGroupOffsetsHistory())
                .as("the claim, and each commit")
                .hasSize(1 + kafka.records(TOPICS.models()).size());
    }

    @Test
    void aTrainingDoesNotGoOnWithAnotherTopicOfTheSameName() {
        send(700);
        try (TrainerService _ = start()) {
            await().atMost(PATIENCE).until(() -> !kafka.records(TOPICS.models()).isEmpty());
        }
        kafka.create(TOPICS.images(), 1);
        send(700);
        int published = kafka.records(TOPICS.models()).size();
        try (TrainerService _ = start()) {
            await().atMost(PATIENCE).until(() -> !failures.isEmpty());
        }
        assertThat(failures.getFirst())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("which was deleted and made again since");
        assertThat(kafka.records(TOPICS.models())).hasSize(published);
    }

    @Test
    void aTrainerThatWasStoppedGoesOnFromItsCheckpointToTheSameModel() {
        send(700);
        try (TrainerService _ = start()) {
            await().atMost(PATIENCE).until(() -> !kafka.records(TOPICS.models()).isEmpty());
        }
        send(3_000);
        try (TrainerService _ = start()) {
            await().atMost(PATIENCE).until(() -> version(kafka) >= 2_000);
        }
        MemoryKafka undisturbed = new MemoryKafka(TOPICS, 1);
        kafka.records(TOPICS.images())
                .forEach(record -> undisturbed.put(TOPICS.images(), record.key(), record.value()));
        try (TrainerService _ = start(undisturbed)) {
            await().atMost(PATIENCE).until(() -> version(undisturbed) >= 2_000);
        }
        assertThat(failures).isEmpty();
        assertThat(model(kafka, 2_000)).isEqualTo(model(undisturbed, 2_000));
    }

    @Test
    void whatIsNoImageTeachesNothingAndEndsNothing() {
        for (int i = 0; i < 10; i++) {
            kafka.put(TOPICS.images(), "bad-" + i, new byte[3]);
        }
        send(700);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (TrainerService trainer = start(kafka, meters)) {
            await().atMost(PATIENCE).until(() -> !kafka.records(TOPICS.models()).isEmpty());
            assertThat(trainer.live()).isTrue();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void anotherTopicOfThatNameTeachesNothing() {
        send(700);
        try (TrainerService trainer = start()) {
            await().atMost(PATIENCE).until(() -> !kafka.records(TOPICS.models()).isEmpty());
            int checkpoints = kafka.records(TOPICS.checkpoints()).size();
            kafka.create(TOPICS.images(), 1);
            send(5_000);
            await().atMost(PATIENCE).until(() -> !trainer.troubles().isEmpty());
            assertThat(trainer.troubles())
                    .singleElement()
                    .asString()
                    .startsWith("training of raw in trouble with Kafka since ")
                    .endsWith("topic weft.images was deleted and made again: this process must be started again");
            assertThat(trainer.live()).isTrue();
            assertThat(trainer.ready()).isFalse();
            assertThat(kafka.records(TOPICS.checkpoints())).hasSize(checkpoints);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void ofEachEpochTheEndStaysAndOfTheRestTheNewestVersions() {
        MemoryKafka earlier = new MemoryKafka(TOPICS, 1);
        send(700);
        kafka.records(TOPICS.images()).forEach(record -> earlier.put(TOPICS.images(), record.key(), record.value()));
        try (TrainerService _ = start(earlier)) {
            await().atMost(PATIENCE).until(() -> version(earlier) > 0);
        }
        kafka.put(
                TOPICS.models(),
                "raw",
                earlier.records(TOPICS.models()).getFirst().value());
        send(2_300);
        endEpoch();
        send(3_000);
        endEpoch();
        try (TrainerService _ = TrainerService.start(
                context(kafka, new SimpleMeterRegistry()), List.of(Plans.of("raw-kmeans-2", Plans.SMALL)), 100_000)) {
            await().atMost(PATIENCE).until(() -> version(kafka) >= 6_000);
        }
        Map<String, byte[]> there = new LinkedHashMap<>();
        List<String> marked = new ArrayList<>();
        kafka.records(TOPICS.models()).forEach(record -> {
            there.put(record.key(), record.value());
            if (record.headers().lastHeader("epoch-end") != null) {
                marked.add(record.key());
            }
        });
        there.values().removeIf(Objects::isNull);
        assertThat(marked).containsExactly("raw/3001", "raw/6002");
        assertThat(there.keySet())
                .as("100,000 bytes are no more than a few versions")
                .endsWith("raw/6002");
        assertThat(there.values().stream().mapToInt(value -> value.length).sum())
                .isLessThanOrEqualTo(100_000);
        assertThat(kafka.records(TOPICS.models()))
                .as("what an earlier release wrote goes first")
                .anyMatch(record -> "raw".equals(record.key()) && record.value() == null);
        assertThat(kafka.records(TOPICS.models()).getLast().value()).isNotNull();
        assertThat(failures).isEmpty();
    }

    @Test
    void whatServesByItsNumberStaysAndOthersGo() {
        send(700);
        try (TrainerService _ = start()) {
            await().atMost(PATIENCE).until(() -> version(kafka) > 0);
        }
        long pinned = version(kafka);
        kafka.put(
                TOPICS.deployments(),
                "raw",
                ("{\"model\":\"raw\",\"run\":\"main\",\"version\":" + pinned + "}").getBytes(StandardCharsets.UTF_8));
        // Another program's, which the scorers refuse.
        for (String senseless : List.of("\"run\":\"nobody\"", "\"run\":\"main\",\"version\":999999")) {
            kafka.put(
                    TOPICS.deployments(),
                    "raw",
                    ("{\"model\":\"raw\"," + senseless + "}").getBytes(StandardCharsets.UTF_8));
        }
        send(6_000);
        try (TrainerService _ = TrainerService.start(
                context(kafka, new SimpleMeterRegistry()), List.of(Plans.of("raw-kmeans-2", Plans.SMALL)), 14_000)) {
            await().atMost(PATIENCE).until(() -> version(kafka) >= 6_000);
        }
        assertThat(kafka.records(TOPICS.models()).stream().filter(record -> record.value() == null))
                .isNotEmpty()
                .noneMatch(record -> ("raw/" + pinned).equals(record.key()));
        assertThat(failures).isEmpty();
    }

    private TrainerService start() {
        return start(kafka);
    }

    private TrainerService start(MemoryKafka where) {
        return start(where, new SimpleMeterRegistry());
    }

    private TrainerService start(MemoryKafka where, SimpleMeterRegistry meters) {
        List<ModelPlan> plans = List.of(Plans.of("raw-kmeans-2", Plans.SMALL));
        return TrainerService.start(context(where, meters), plans);
    }

    private ServiceContext context(MemoryKafka where, SimpleMeterRegistry meters) {
        return new ServiceContext(where, TOPICS, SMALL, Plans.CODEC, meters, Clock.systemUTC(), failures::add);
    }

    private void endEpoch() {
        byte[] pixels = new byte[Plans.SMALL.values()];
        Arrays.fill(pixels, (byte) 45);
        ProducerRecord<String, byte[]> last = new ProducerRecord<>(TOPICS.images(), "image-" + images++, pixels);
        last.headers().add(ImageHeaders.EPOCH_END, new byte[0]);
        kafka.put(last);
    }

    private static long version(MemoryKafka where) {
        return where.records(TOPICS.models()).stream()
                .filter(record -> record.value() != null)
                .mapToLong(record -> decode(record.value()))
                .max()
                .orElse(0);
    }

    private static long decode(byte[] value) {
        try {
            return Plans.CODEC.decode(value).version();
        } catch (Exception bad) {
            throw new AssertionError(bad);
        }
    }

    private static byte[] model(MemoryKafka where, long version) {
        return where.records(TOPICS.models()).stream()
                .map(record -> record.value())
                .filter(value -> value != null && decode(value) >= version)
                .findFirst()
                .orElseThrow();
    }

    /// Dark and bright pictures.
    private void send(int count) {
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[Plans.SMALL.values()];
            Arrays.fill(pixels, (byte) ((images % 2 == 0 ? 40 : 200) + random.nextInt(20)));
            kafka.put(TOPICS.images(), "image-" + images++, pixels);
        }
    }
}
