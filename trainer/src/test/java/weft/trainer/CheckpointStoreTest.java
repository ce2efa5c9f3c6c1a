package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.kafka.service.TopicGuard;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;
import weft.testing.MemoryKafka;
import weft.trainer.proto.Checkpoint;

class CheckpointStoreTest {
    private static final Topics TOPICS = new Topics("weft");

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);

    @Test
    void theNewestOfTheModelIsFoundHoweverManyThereAre() {
        for (int i = 1; i <= 30; i++) {
            put("raw", i);
            put("ae", 1_000 + i);
        }
        assertThat(newest("raw"))
                .hasValueSatisfying(found -> assertThat(found.getImagesSeen()).isEqualTo(30));
        assertThat(newest("other")).isEmpty();
    }

    @Test
    void oneThatCannotBeReadIsTheUsersFault() {
        put("raw", 1);
        kafka.put(TOPICS.checkpoints(), "raw", new byte[] {1, 2, 3});

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> newest("raw"))
                .withMessageStartingWith("the checkpoint of model raw on weft.checkpoints cannot be read: ");
    }

    @Test
    void offsetsOfAnotherTopicOfTheSameNameAreRefused() {
        put("raw", 1);
        assertThat(newest("raw")).isPresent();
        String before = imagesId();
        kafka.create(TOPICS.images(), 1);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> newest("raw"))
                .withMessage(
                        "model raw was trained on another topic weft.images, which was deleted and made again since (id "
                                + before + ", now " + imagesId()
                                + "): choose another --run, --prefix or --dir, or delete weft.models"
                                + " and weft.checkpoints as well, to train anew");
    }

    private String imagesId() {
        try (TopicGuard guard = TopicGuard.open(kafka, List.of(TOPICS.images()))) {
            return guard.id(TOPICS.images());
        }
    }

    private Optional<Checkpoint> newest(String model) {
        return new CheckpointStore(kafka, TOPICS, model).newest(imagesId());
    }

    private void put(String model, long images) {
        Checkpoint checkpoint = Checkpoint.newBuilder()
                .setImagesSeen(images)
                .setImagesTopic(imagesId())
                .build();
        kafka.put(TOPICS.checkpoints(), model, checkpoint.toByteArray());
    }
}
