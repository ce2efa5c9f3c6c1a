package weft.standalone.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Shape;
import weft.core.model.ModelFamilies;
import weft.core.model.PipelineName;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;
import weft.trainer.TrainerService;
import weft.trainer.learn.LearnerFamily;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.TrainingOptions;
import weft.trainer.learn.Trainings;

/// A family that no main file knows is trained, published, decoded and scored, in two runs side by side.
@Tag("system")
class ToyFamilyTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int IMAGES = 2_560;
    private static final List<LearnerFamily> FAMILIES = List.of(new ToyLearners());
    private static final SnapshotCodec CODEC = new SnapshotCodec(new ModelFamilies(List.of(new ToyFamily())));
    private static final PipelineName MAIN = PipelineName.parse("toy-bins-4");
    private static final PipelineName WIDE = PipelineName.parse("toy-bins-4@wide");

    @TempDir
    private Path folder;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Test
    void aFamilyIsItsOwnPackageAndALineInAList() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            ServiceContext context = new ServiceContext(
                    kafka,
                    TOPICS,
                    TestData.FASHION,
                    CODEC,
                    new SimpleMeterRegistry(),
                    Clock.systemUTC(),
                    failures::add);
            List<PipelineName> pipelines = List.of(MAIN, WIDE);
            try (TrainerService _ = TrainerService.start(context, plans());
                    ScorerService _ = ScorerService.start(
                            context,
                            new ScorerOptions(pipelines, folder.resolve("score"), 1, LabelPolicy.USUAL),
                            Optional.empty())) {
                send(kafka);
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> read(kafka, TOPICS.assignments()).size() == 2 * IMAGES);
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> read(kafka, TOPICS.quality()).stream()
                                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                                .anyMatch(json -> json.contains("\"toy-bins-4@wide\"")
                                        && json.contains("\"meanDistanceFromMiddle\"")));
            }
            assertThat(failures).isEmpty();
            assertThat(read(kafka, TOPICS.models()).stream()
                            .map(record ->
                                    SnapshotKey.parse(record.key()).model().toString()))
                    .contains("toy", "toy@wide");
            read(kafka, TOPICS.assignments()).forEach(record -> check(AssignmentEvent.fromJson(record.value())));
        }
    }

    /// The main run takes the range as it comes, in which the four greys lie at its quarters; the wide one has
    /// six tenths of it again on both sides, so all greys lie in the two bins in the middle.
    private static void check(AssignmentEvent event) {
        int grey = Integer.parseInt(event.imageId().substring("image-".length())) % 4;
        int cluster = event.assignment().cluster();
        if (event.pipeline().equals(MAIN.toString())) {
            assertThat(cluster).as(event.imageId()).isEqualTo(grey);
        } else {
            assertThat(event.pipeline()).isEqualTo(WIDE.toString());
            assertThat(cluster).as(event.imageId()).isEqualTo(grey < 2 ? 1 : 2);
        }
    }

    private static List<ModelPlan> plans() {
        TrainingOptions options = TrainingOptions.defaults(1);
        List<ModelPlan> plans =
                new ArrayList<>(new Trainings(List.of(MAIN), FAMILIES, options, new OptionValues(Map.of("slack", "0")))
                        .plans(new Shape.Image(28, 28, 1)));
        plans.addAll(new Trainings(List.of(WIDE), FAMILIES, options, new OptionValues(Map.of("slack", ".6")))
                .plans(new Shape.Image(28, 28, 1)));
        return plans;
    }

    private static void send(KafkaConnection kafka) {
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; i < IMAGES; i++) {
                byte[] pixels = new byte[784];
                Arrays.fill(pixels, (byte) (40 + 50 * (i % 4)));
                Future<?> _ = producer.send(new ProducerRecord<>(TOPICS.images(), "image-" + i, pixels));
            }
        }
    }

    private static List<ConsumerRecord<String, byte[]>> read(KafkaConnection kafka, String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
