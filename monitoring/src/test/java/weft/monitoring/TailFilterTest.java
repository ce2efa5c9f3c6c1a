package weft.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import weft.core.image.Split;
import weft.core.model.Assignment;
import weft.core.model.Standing;
import weft.kafka.wire.AssignmentEvent;
import weft.monitoring.Tail.Filter;

class TailFilterTest {
    private static final Optional<String> ANY = Optional.empty();
    private static final OptionalInt ANY_CLUSTER = OptionalInt.empty();

    private static ConsumerRecord<String, byte[]> record(String pipeline, int cluster, Optional<String> name) {
        AssignmentEvent event = new AssignmentEvent(
                "train-00042",
                0,
                pipeline,
                512,
                new Assignment(cluster, 1, 1),
                name,
                Optional.empty(),
                Split.TRAIN,
                false,
                0,
                7,
                Instant.EPOCH,
                Instant.EPOCH);
        return withHeader(pipeline, event.toJson());
    }

    private static ConsumerRecord<String, byte[]> strange(double outlier) {
        AssignmentEvent event = new AssignmentEvent(
                "train-00042",
                0,
                "ae-gmm-10",
                512,
                new Assignment(3, 1, 1),
                Optional.of(new Standing(outlier, 0)),
                ANY,
                Optional.empty(),
                Split.TRAIN,
                false,
                0,
                7,
                Instant.EPOCH,
                Instant.EPOCH);
        return withHeader("ae-gmm-10", event.toJson());
    }

    private static ConsumerRecord<String, byte[]> withHeader(String pipeline, byte[] value) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("weft.assignments", 0, 7, "train-00042", value);
        record.headers().add(AssignmentEvent.PIPELINE_HEADER, pipeline.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    @Test
    void withoutConditionsEverythingPasses() {
        assertThat(new Filter(ANY, ANY_CLUSTER, ANY).accepts(record("ae-gmm-10", 3, ANY)))
                .isTrue();
    }

    @Test
    void thePipelineIsReadFromTheHeaderAlone() {
        Filter filter = new Filter(Optional.of("ae-gmm-10"), ANY_CLUSTER, ANY);

        assertThat(filter.accepts(withHeader("ae-gmm-10", new byte[] {'?'}))).isTrue();
        assertThat(filter.accepts(withHeader("ae-gmm-100", new byte[] {'?'}))).isFalse();
        assertThat(filter.accepts(new ConsumerRecord<>("weft.assignments", 0, 7, "x", new byte[0])))
                .isFalse();
    }

    @Test
    void theClusterIsTheNumber() {
        Filter filter = new Filter(ANY, OptionalInt.of(3), ANY);

        assertThat(filter.accepts(record("ae-gmm-10", 3, ANY))).isTrue();
        assertThat(filter.accepts(record("ae-gmm-10", 0, ANY))).isFalse();
    }

    @Test
    void theNameIsComparedWithoutCaseAndAnUnnamedClusterNeverMatches() {
        Filter filter = new Filter(ANY, ANY_CLUSTER, Optional.of("ankle BOOT"));

        assertThat(filter.accepts(record("ae-gmm-10", 3, Optional.of("Ankle boot"))))
                .isTrue();
        assertThat(filter.accepts(record("ae-gmm-10", 3, Optional.of("Ankle")))).isFalse();
        assertThat(filter.accepts(record("ae-gmm-10", 3, ANY))).isFalse();
    }

    @Test
    void allConditionsMustHold() {
        Filter filter = new Filter(Optional.of("ae-gmm-10"), OptionalInt.of(3), Optional.of("Bag"));

        assertThat(filter.accepts(record("ae-gmm-10", 3, Optional.of("Bag")))).isTrue();
        assertThat(filter.accepts(record("ae-kmeans-10", 3, Optional.of("Bag"))))
                .isFalse();
        assertThat(filter.accepts(record("ae-gmm-10", 4, Optional.of("Bag")))).isFalse();
        assertThat(filter.accepts(record("ae-gmm-10", 3, Optional.of("Coat")))).isFalse();
    }

    @Test
    void anOutlierIsAtLeastSoStrange() {
        Filter filter = new Filter(ANY, ANY_CLUSTER, ANY, OptionalDouble.of(0.999));

        assertThat(filter.accepts(strange(0.999))).isTrue();
        assertThat(filter.accepts(strange(1))).isTrue();
        assertThat(filter.accepts(strange(0.9989))).isFalse();
        assertThat(new Filter(ANY, ANY_CLUSTER, ANY, OptionalDouble.of(0)).accepts(strange(0)))
                .isTrue();
    }

    @Test
    void anAssignmentThatDoesNotTellIsNoOutlier() {
        Filter filter = new Filter(ANY, ANY_CLUSTER, ANY, OptionalDouble.of(0));

        assertThat(filter.accepts(record("ae-gmm-10", 3, ANY))).isFalse();
    }
}
