package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import weft.core.image.Label;
import weft.core.image.Split;
import weft.core.model.Assignment;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.Topics;
import weft.testing.TestData;

/// Assignments and the images that they belong to.
class StreamFollowerTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final TopicPartition ASSIGNMENTS = new TopicPartition(TOPICS.assignments(), 0);
    private static final TopicPartition IMAGES = new TopicPartition(TOPICS.images(), 0);

    private final MockConsumer<String, byte[]> assignments = new MockConsumer<>("earliest");
    private final MockConsumer<String, byte[]> images = new MockConsumer<>("earliest");
    private final MockConsumer<String, byte[]> ends = new MockConsumer<>("earliest");
    private final PageState state = new PageState(
            TestData.FASHION, Clock.fixed(Seen.NOW, ZoneOffset.UTC), Clock.fixed(Seen.NOW, ZoneOffset.UTC));

    @Test
    void imagesAreSeenWithWhatEveryPipelineMadeOfThem() {
        StreamFollower follower = follower(30, 12);
        for (int i = 0; i < 12; i++) {
            images.addRecord(new ConsumerRecord<>(TOPICS.images(), 0, i, "i" + i, new byte[784]));
        }
        for (int i = 0; i < 10; i++) {
            assign(3L * i, i, "raw-kmeans-10");
            assign(3L * i + 1, i, "ae-kmeans-10");
            assign(3L * i + 2, i, "ae-gmm-10");
        }
        follower.cycle();
        assertThat(state.newestFirst()).hasSize(10);
        assertThat(state.newestFirst().getFirst().id()).isEqualTo("i9");
        assertThat(state.newestFirst()).allSatisfy(image -> {
            assertThat(image.placements()).containsOnlyKeys("raw-kmeans-10", "ae-kmeans-10", "ae-gmm-10");
            assertThat(image.label()).hasValue(7);
        });
        assertThat(state.flow().latencyP50()).isEqualTo(0.25);
        assertThat(state.flow().reachable()).isTrue();
    }

    @Test
    void whatIsNoAssignmentOrHasNoImageIsPassedOver() {
        StreamFollower follower = follower(2, 1);
        images.addRecord(new ConsumerRecord<>(TOPICS.images(), 0, 0, "i0", new byte[3]));
        assignments.addRecord(new ConsumerRecord<>(
                TOPICS.assignments(), 0, 0, "x", "not an assignment".getBytes(StandardCharsets.UTF_8)));
        assign(1, 0, "raw-kmeans-10");
        follower.cycle();
        assertThat(state.newestFirst()).isEmpty();
    }

    @Test
    void itStartsNearTheEndAndLeavesOutWhatIsTooMuch() {
        StreamFollower follower = follower(1_000_000, 300_000);
        assertThat(assignments.position(ASSIGNMENTS)).isEqualTo(970_000);
        assignments.updateEndOffsets(Map.of(ASSIGNMENTS, 2_000_000L));
        ends.updateEndOffsets(Map.of(ASSIGNMENTS, 2_000_000L));
        follower.cycle();
        assertThat(assignments.position(ASSIGNMENTS)).isEqualTo(1_994_000);
    }

    private StreamFollower follower(long assigned, long produced) {
        prepare(assignments, ASSIGNMENTS, assigned);
        prepare(images, IMAGES, produced);
        ends.updateEndOffsets(Map.of(ASSIGNMENTS, assigned, IMAGES, produced));
        return new StreamFollower(assignments, images, ends, TOPICS, state);
    }

    private static void prepare(MockConsumer<String, byte[]> consumer, TopicPartition partition, long end) {
        Node[] nodes = {};
        consumer.updatePartitions(
                partition.topic(), List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, end));
    }

    private void assign(long offset, int image, String pipeline) {
        AssignmentEvent event = new AssignmentEvent(
                "i" + image,
                0,
                pipeline,
                512,
                new Assignment(3, 1.5, 0.5),
                Optional.of("Bag"),
                Optional.of(new Label("Sneaker", OptionalInt.of(7))),
                Split.TRAIN,
                false,
                0,
                image,
                Seen.NOW,
                Seen.NOW.plusMillis(250));
        assignments.addRecord(new ConsumerRecord<>(TOPICS.assignments(), 0, offset, event.imageId(), event.toJson()));
    }
}
