package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
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
        assertThat(CheckpointStore.newest(kafka, TOPICS, "raw"))
                .hasValueSatisfying(found -> assertThat(found.getImagesSeen()).isEqualTo(30));
        assertThat(CheckpointStore.newest(kafka, TOPICS, "other")).isEmpty();
    }

    @Test
    void oneThatCannotBeReadIsTheUsersFault() {
        put("raw", 1);
        kafka.put(TOPICS.checkpoints(), "raw", new byte[] {1, 2, 3});

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> CheckpointStore.newest(kafka, TOPICS, "raw"))
                .withMessageStartingWith("the checkpoint of model raw on weft.checkpoints cannot be read: ");
    }

    private void put(String model, long images) {
        Checkpoint checkpoint = Checkpoint.newBuilder().setImagesSeen(images).build();
        kafka.put(TOPICS.checkpoints(), model, checkpoint.toByteArray());
    }
}
