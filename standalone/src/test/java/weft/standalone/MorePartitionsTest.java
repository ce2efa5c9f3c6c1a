package weft.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.PartitionRaise;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// The images get more partitions under a scorer that has counted: it says what holds, and goes on once told to.
@Tag("system")
class MorePartitionsTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Random random = new Random(1);
    private int sent;

    @Test
    void everyImageIsAssignedOnceBeforeAndAfter() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
        try (broker;
                Admin admin = kafka.admin();
                FlatModels models = new FlatModels(kafka, TOPICS);
                Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            models.publish(500);
            try (ScorerService _ = scorer(kafka)) {
                send(producer, 100);
                awaitAssignments(kafka);
                assertThatExceptionOfType(UserError.class)
                        .isThrownBy(() -> PartitionRaise.run(kafka, TOPICS, 3))
                        .withMessage("a scorer is running (group weft-scorer): stop every scorer first");
            }

            KafkaConnection attentive = KafkaConnection.to(broker.address(), Map.of("metadata.max.age.ms", "1000"));
            String counts = "topic weft.images has 3 partitions now, and the scorer's counts are of 1 and cannot"
                    + " follow: stop every scorer and give the counts up by 'weft topics --partitions 3 --raise',"
                    + " or choose another --prefix";
            try (ScorerService _ = scorer(attentive)) {
                send(producer, 10);
                awaitAssignments(kafka);
                raise(admin, TOPICS.images());
                await().atMost(PATIENCE).until(() -> !failures.isEmpty());
            }
            assertThat(failures)
                    .singleElement()
                    .isInstanceOf(UserError.class)
                    .extracting(Throwable::getMessage)
                    .isEqualTo(counts);
            failures.clear();
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> TopicSetup.ensure(kafka, TOPICS, Optional.empty(), (short) 1))
                    .withMessage(
                            "topics exist with other settings: weft.labels has 1 partitions, not the 3 of weft.images"
                                    + " ('weft topics --partitions 3 --raise' makes them the same, or choose another --prefix)");
            raise(admin, TOPICS.labels());
            TopicSetup.ensure(kafka, TOPICS, Optional.empty(), (short) 1);
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> scorer(kafka))
                    .withMessage(counts);

            PartitionRaise.run(kafka, TOPICS, 3);
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> PartitionRaise.run(kafka, TOPICS, 2))
                    .withMessageMatching("partitions can be raised and not lowered: weft\\..* has 3, not 2");
            try (ScorerService scorer = scorer(kafka)) {
                // A producer that knew one partition would go on with it for minutes.
                try (Producer<String, byte[]> later = kafka.producer(Map.of())) {
                    send(later, 300);
                }
                awaitAssignments(kafka);
                assertThat(scorer.live()).isTrue();
            }
            assertThat(TopicReader.read(kafka, TOPICS.images()).stream()
                            .map(image -> image.partition())
                            .collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder(0, 1, 2);
            Map<String, Long> times = TopicReader.read(kafka, TOPICS.assignments()).stream()
                    .collect(Collectors.groupingBy(record -> record.key(), Collectors.counting()));
            assertThat(times).hasSize(410);
            assertThat(times.values()).containsOnly((long) FlatModels.PIPELINES.size());
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void aTrainingThatRunsTakesThemIn() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
        DatasetTopic.tell(kafka, TOPICS, TestData.FASHION);
        List<String> train =
                List.of("train", "--kafka", broker.address(), "--pipelines", "raw-kmeans-10", "--metrics-port", "0");
        try (broker;
                Admin admin = kafka.admin();
                Producer<String, byte[]> producer = kafka.producer(Map.of());
                WeftProcess process = WeftProcess.start(folder.resolve("train.log"), train)) {
            send(producer, 600);
            await().atMost(PATIENCE).until(() -> trained(admin, 0) >= 512);
            raise(admin, TOPICS.images());
            try (Producer<String, byte[]> later = kafka.producer(Map.of())) {
                for (int i = 0; i < 600; i++) {
                    var _ = later.send(new ProducerRecord<>(TOPICS.images(), 1 + i % 2, "later-" + i, noise()));
                }
            }
            await().atMost(PATIENCE).until(() -> trained(admin, 1) >= 200 && trained(admin, 2) >= 200);
            assertThat(process.log())
                    .contains("weft.images has 3 partitions now, and the training reads all of them")
                    .containsOnlyOnce("goes on after");
        }
    }

    private static long trained(Admin admin, int partition) throws Exception {
        OffsetAndMetadata offset = admin.listConsumerGroupOffsets(TOPICS.trainerGroup("raw"))
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(TOPICS.images(), partition));
        return offset == null ? 0 : offset.offset();
    }

    private static void raise(Admin admin, String topic) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        await().atMost(PATIENCE)
                .until(() -> Objects.requireNonNull(admin.describeTopics(List.of(topic))
                                        .allTopicNames()
                                        .get()
                                        .get(topic))
                                .partitions()
                                .size()
                        == 3);
    }

    private ScorerService scorer(KafkaConnection kafka) {
        return ScorerService.start(
                new ServiceContext(
                        kafka,
                        TOPICS,
                        TestData.FASHION,
                        Families.SNAPSHOTS,
                        new SimpleMeterRegistry(),
                        Clock.systemUTC(),
                        failures::add),
                new ScorerOptions(FlatModels.PIPELINES, folder.resolve("scorer"), 1, LabelPolicy.USUAL),
                Optional.empty());
    }

    /// Half of them labelled; the others wait for a label.
    private void send(Producer<String, byte[]> producer, int images) {
        for (int i = 0; i < images; i++) {
            ProducerRecord<String, byte[]> image = new ProducerRecord<>(TOPICS.images(), "image-" + sent, noise());
            if (sent++ % 2 == 0) {
                image.headers().add("label", "3".getBytes(UTF_8));
            }
            var _ = producer.send(image);
        }
        producer.flush();
    }

    private byte[] noise() {
        byte[] pixels = new byte[784];
        random.nextBytes(pixels);
        return pixels;
    }

    private void awaitAssignments(KafkaConnection kafka) {
        await().atMost(PATIENCE)
                .until(() ->
                        TopicReader.read(kafka, TOPICS.assignments()).size() == sent * FlatModels.PIPELINES.size());
    }
}
