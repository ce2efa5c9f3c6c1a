package weft.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.Topics;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// A replay of last year's camera: what images say about the past does not decide how long they are kept.
@Tag("system")
class EventTimeTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int IMAGES = 1_500;

    @TempDir
    private Path folder;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Test
    void imagesAnHourApartAreKeptWithTheirAssignments() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
        Instant began = Instant.now();
        Instant lastYear = began.minus(Duration.ofDays(365));
        ServiceContext context = new ServiceContext(
                kafka,
                TOPICS,
                TestData.FASHION,
                Families.SNAPSHOTS,
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                failures::add);
        ScorerOptions options = new ScorerOptions(FlatModels.PIPELINES, folder.resolve("scorer"), 1, LabelPolicy.USUAL);
        try (broker;
                Admin admin = kafka.admin();
                FlatModels models = new FlatModels(kafka, TOPICS);
                Producer<String, byte[]> producer = kafka.producer(Map.of());
                ScorerService _ = ScorerService.start(context, options, Optional.empty())) {
            models.publish(500);
            // As the topics of a careless program: goes by what records say.
            admin.createTopics(List.of(new NewTopic("control", 1, (short) 1)
                            .configs(Map.of("retention.ms", "604800000", "message.timestamp.type", "CreateTime"))))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("control", 0, lastYear.toEpochMilli(), "old", new byte[1]))
                    .get();
            for (int i = 0; i < IMAGES; i++) {
                Instant taken = lastYear.plus(Duration.ofHours(i));
                ProducerRecord<String, byte[]> image =
                        new ProducerRecord<>(TOPICS.images(), 0, taken.toEpochMilli(), "image-" + i, new byte[784]);
                if (i > 0) {
                    image.headers().add("event-time", taken.toString().getBytes(UTF_8));
                }
                var _ = producer.send(image);
            }
            producer.flush();

            // The broker has deleted what is old on every topic.
            await().atMost(PATIENCE).until(() -> first(admin, "control") == 1);
            await().atMost(PATIENCE)
                    .until(() -> TopicReader.read(kafka, TOPICS.assignments()).size()
                            == IMAGES * FlatModels.PIPELINES.size());
            await().atMost(PATIENCE).until(() -> {
                producer.send(new ProducerRecord<>("control", 0, lastYear.toEpochMilli(), "old", new byte[1]))
                        .get();
                return first(admin, "control") > 2;
            });
            assertThat(first(admin, TOPICS.images())).isZero();
            assertThat(first(admin, TOPICS.assignments())).isZero();
            List<ConsumerRecord<String, byte[]>> assignments = TopicReader.read(kafka, TOPICS.assignments());
            assertThat(assignments).hasSize(3_000);
            Set<Instant> times = new HashSet<>();
            for (ConsumerRecord<String, byte[]> record : assignments) {
                assertThat(Instant.ofEpochMilli(record.timestamp())).isBetween(began, Instant.now());
                AssignmentEvent event = AssignmentEvent.fromJson(record.value());
                if (event.imageId().equals("image-0")) {
                    // Without the header it is the time of writing.
                    assertThat(event.eventTime()).isBetween(began.minusMillis(1), Instant.now());
                } else {
                    times.add(event.eventTime());
                }
            }
            assertThat(times).hasSize(IMAGES - 1);
            assertThat(times.stream().min(Instant::compareTo))
                    .contains(Instant.ofEpochMilli(
                            lastYear.plus(Duration.ofHours(1)).toEpochMilli()));
            assertThat(failures).isEmpty();
        }
    }

    private static long first(Admin admin, String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
