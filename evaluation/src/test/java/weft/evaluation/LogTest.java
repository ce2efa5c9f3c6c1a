package weft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.model.ModelFamilies;
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
    void aTopicThatDoesNotExistIsNotWaitedFor() {
        kafka.delete(TOPICS.models());
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Log.open(kafka, TOPICS.models()))
                .withMessage("topic weft.models does not exist: nothing to evaluate (--prefix)");
    }
}
