package weft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelFamilies;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.kafka.family.RawFamily;
import weft.kafka.service.UserError;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.Topics;
import weft.testing.MemoryKafka;

class LogTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 3);

    private void put(int from, int to) {
        for (int i = from; i < to; i++) {
            kafka.put(TOPICS.images(), "image-" + i, new byte[] {1});
        }
    }

    @Test
    void everyReadingSeesTheSameRecordsWhateverComesMeanwhile() {
        put(0, 6_000);
        try (Log log = Log.open(kafka, TOPICS.images())) {
            List<String> first = new ArrayList<>();
            log.read(record -> {
                first.add(record.key());
                if (first.size() == 1) {
                    put(6_000, 6_500);
                }
            });
            put(6_500, 7_000);
            List<String> second = new ArrayList<>();
            log.read(record -> second.add(record.key()));

            assertThat(first).hasSize(6_000).doesNotHaveDuplicates();
            assertThat(second).containsExactlyInAnyOrderElementsOf(first);
        }
    }

    @Test
    void followingGoesOnWhereTheReadingEndedUntilItIsEnough() {
        put(0, 10);
        try (Log log = Log.open(kafka, TOPICS.images())) {
            log.read(_ -> {});
            put(10, 20);
            List<String> later = new ArrayList<>();
            log.follow(record -> later.add(record.key()), () -> later.size() == 10, PATIENCE);
            assertThat(later).hasSize(10).allSatisfy(key -> assertThat(key).matches("image-1\\d"));

            log.follow(_ -> {}, () -> false, Duration.ZERO);
        }
    }

    @Test
    void withoutAModelThereIsNothingToEvaluate() {
        kafka.put(TOPICS.models(), "raw", new byte[] {1, 2, 3});

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> PublishedModels.read(
                        kafka, TOPICS, new SnapshotCodec(new ModelFamilies(List.of())), new Shape.Vector(1)))
                .withMessage("there is no model on weft.models yet: nothing to evaluate");
    }

    @Test
    void modelsForImagesOfAnotherShapeArePassedOver() {
        SnapshotCodec codec = new SnapshotCodec(new ModelFamilies(List.of(new RawFamily())));
        kafka.put(TOPICS.models(), "raw/512", codec.encode(snapshot(1, 512)));
        kafka.put(TOPICS.models(), "raw/1024", codec.encode(snapshot(2, 1_024)));

        PublishedModels models = PublishedModels.read(kafka, TOPICS, codec, new Shape.Vector(1));

        assertThat(models.newest().values()).extracting(Snapshot::version).containsExactly(512L);
        assertThat(models.history().get("raw")).hasSize(1);
    }

    private static Snapshot snapshot(int values, long images) {
        Model model = new Model(
                ModelName.main("raw"),
                new Shape.Vector(values),
                new IdentityEncoder(values),
                Optional.empty(),
                Map.of(
                        PipelineName.parse("raw-kmeans-2"),
                        new Centroids(Matrix.of(2, values, new float[2 * values]), false)));
        return new Snapshot(model, new Provenance(images, Map.of(), 1, Map.of(), Map.of(), "test"));
    }

    @Test
    void aTopicThatDoesNotExistIsNotWaitedFor() {
        kafka.delete(TOPICS.models());
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Log.open(kafka, TOPICS.models()))
                .withMessage("topic weft.models does not exist: nothing to evaluate (--prefix)");
    }
}
