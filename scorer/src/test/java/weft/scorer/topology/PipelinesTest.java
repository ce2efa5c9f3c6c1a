package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.InvalidSnapshotException;
import weft.scorer.TestModels;

class PipelinesTest {
    @TempDir
    private Path state;

    private Scoring scoring;

    @BeforeEach
    void open() throws InvalidSnapshotException {
        scoring = new Scoring(state, 1, "raw-kmeans-2", "raw-kmeans-3", "ae-kmeans-2", "ae-gmm-2");
        scoring.models.offer(TestModels.raw(512, 1, new float[] {0, 1}, new float[] {1, 0.5f, 0.35f}), 1_000);
        scoring.models.offer(TestModels.ae(1_024, 0), 1_000);
    }

    @AfterEach
    void close() {
        scoring.close();
    }

    private List<AssignmentEvent> assigned() {
        return scoring.assignments.readValuesToList().stream()
                .map(AssignmentEvent::fromJson)
                .toList();
    }

    @Test
    void anImageGetsOneAssignmentOfEachPipelineInTheirOrder() {
        scoring.send("train-00042", 102, "split", "train", "label", "3");

        List<TestRecord<String, byte[]>> records = scoring.assignments.readRecordsToList();

        assertThat(records).extracting(TestRecord::key).containsOnly("train-00042");
        assertThat(records).extracting(TestRecord::getRecordTime).containsOnly(Scoring.DUE);
        assertThat(records)
                .extracting(record -> ImageHeaders.text(record.headers(), AssignmentEvent.PIPELINE_HEADER))
                .containsExactly("raw-kmeans-2", "raw-kmeans-3", "ae-kmeans-2", "ae-gmm-2");
        assertThat(records)
                .extracting(record -> AssignmentEvent.fromJson(record.value()).pipeline())
                .containsExactly("raw-kmeans-2", "raw-kmeans-3", "ae-kmeans-2", "ae-gmm-2");
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Objects.requireNonNull(
                        PipelinesTest.class.getResourceAsStream("/weft/schema/assignment.schema.json")));
        assertThat(records)
                .allSatisfy(record -> assertThat(
                                schema.validate(new String(record.value(), StandardCharsets.UTF_8), InputFormat.JSON))
                        .isEmpty());
    }

    @Test
    void everyPipelineScoresInItsOwnSpace() {
        scoring.send("a", 102);

        List<AssignmentEvent> events = assigned();

        // The picture is .4 all over, 28 = sqrt(784) times as far from a flat centroid as its grey value is.
        assertThat(events).extracting(event -> event.assignment().cluster()).containsExactly(0, 2, 0, 0);
        assertScore(events.get(0), 28 * 0.4, 28 * 0.2);
        assertScore(events.get(1), 28 * 0.05, 28 * 0.05);
        assertScore(events.get(2), 0.4, 0.2);
        // Log-densities differ by (.35² - .15²) / (2 · .1²) = 5.
        double posterior = 1 / (1 + Math.exp(-5));
        assertScore(events.get(3), posterior, 2 * posterior - 1);
    }

    private static void assertScore(AssignmentEvent event, double score, double margin) {
        assertThat(event.assignment().score()).isCloseTo(score, within(1e-4));
        assertThat(event.assignment().margin()).isCloseTo(margin, within(1e-4));
    }

    @Test
    void everyModelKnowsItsOwnPast() {
        scoring.send("a", 102);

        List<AssignmentEvent> first = assigned();
        assertThat(first).extracting(AssignmentEvent::modelVersion).containsExactly(512L, 512L, 1_024L, 1_024L);
        assertThat(first).extracting(AssignmentEvent::trainedOn).containsExactly(true, true, false, false);
        scoring.send("b", 102);
        assertThat(assigned()).extracting(AssignmentEvent::trainedOn).containsOnly(false);
    }

    @Test
    void refusedSnapshotsLeaveTheLastGoodOneInUse() throws Exception {
        assertThatThrownBy(() ->
                        scoring.models.offer(TestModels.raw(512, 9, new float[] {1, 0}, new float[] {0, 0, 0}), 1_000))
                .hasMessageContaining("is not newer than 512");
        assertThatThrownBy(() -> scoring.models.offer(TestModels.raw(2_048, 9, new float[] {1, 0}), 1_000))
                .hasMessageContaining("not all of");

        scoring.send("a", 102);

        AssignmentEvent event = assigned().getFirst();
        assertThat(event.modelVersion()).isEqualTo(512);
        assertThat(event.assignment().cluster()).isZero();
    }

    @Test
    void pipelinesThatNobodyAskedForAreNotScored() throws Exception {
        scoring.models.offer(
                TestModels.raw(
                        2_048, 9, new float[] {0, 1}, new float[] {0, 0, 0}, new float[] {0, 0.25f, 0.5f, 0.75f}),
                1_000);

        scoring.send("a", 102);

        assertThat(assigned())
                .extracting(AssignmentEvent::pipeline)
                .containsExactly("raw-kmeans-2", "raw-kmeans-3", "ae-kmeans-2", "ae-gmm-2");
    }

    @Test
    void scoringAgainTellsTheSameButForTheTime() {
        AssignmentEvent first = sentAt(Duration.ZERO);
        AssignmentEvent second = sentAt(Duration.ofMillis(1_234));

        assertThat(second.scoredAt()).isEqualTo(first.scoredAt().plusMillis(1_234));
        assertThat(withoutPlaceAndTime(second)).isEqualTo(withoutPlaceAndTime(first));
    }

    private AssignmentEvent sentAt(Duration later) {
        scoring.advance(later);
        scoring.send("again", 99, "epoch", "1");
        return assigned().getLast();
    }

    private static String withoutPlaceAndTime(AssignmentEvent event) {
        return new String(event.toJson(), StandardCharsets.UTF_8)
                .replaceFirst("\"offset\":\\d+", "")
                .replaceFirst("\"scoredAt\":\"[^\"]+\"", "");
    }

    @Test
    void theMetricsCountImagesAndAssignments() {
        scoring.send("a", 0);
        scoring.send("b", 255);
        scoring.send("c", 255, "split", "holdout");

        assertThat(scoring.meters.get("weft.scorer.images").counter().count()).isEqualTo(2);
        assertThat(scoring.meters.get("weft.scorer.dead.letters").counter().count())
                .isEqualTo(1);
        assertThat(scoring.meters
                        .get("weft.scorer.assignments")
                        .tag("pipeline", "ae-gmm-2")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(scoring.meters.get("weft.scorer.latency").timer().mean(TimeUnit.MILLISECONDS))
                .isEqualTo(40);
    }
}
