package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static weft.kafka.wire.QualityFigures.named;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Quality;
import weft.core.model.Assignment;
import weft.core.model.Objective;
import weft.core.model.PipelineName;
import weft.kafka.wire.QualityEvent;
import weft.scorer.TestModels;
import weft.scorer.proto.QualityPartial;
import weft.scorer.proto.SliceCounts;
import weft.scorer.quality.GlobalQuality;
import weft.scorer.quality.PipelineTally;
import weft.scorer.quality.Slice;
import weft.testing.TestData;

class QualityTest {
    private static final GlobalQuality QUALITY = new GlobalQuality(TestData.FASHION.classes());

    private static final String PIPELINE = "raw-kmeans-3";

    @TempDir
    private Path state;

    private Scoring scoring;

    /// So many partitions that the one of the test holds a window of 200 images.
    @BeforeEach
    void open() {
        scoring = new Scoring(state, 50, PIPELINE);
    }

    @AfterEach
    void close() {
        if (!scoring.closed) {
            scoring.close();
        }
    }

    private void send(int grey, String split, int label) {
        scoring.send("x", grey, "split", split, "label", Integer.toString(label));
    }

    private QualityPartial total() throws InvalidProtocolBufferException {
        scoring.advance(Duration.ofSeconds(1));
        return QualityPartial.parseFrom(scoring.taskTotals.readValuesToList().getLast());
    }

    private static long count(QualityPartial total, Slice slice, int cluster, int label) {
        return QUALITY.table(List.of(total), slice, false).table().count(cluster, label);
    }

    private static long images(QualityPartial total, Slice slice) {
        return counts(total, slice).getCellLifetimeList().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static SliceCounts counts(QualityPartial total, Slice slice) {
        return total.getSlicesList().stream()
                .filter(counts -> counts.getSlice().equals(slice.id()))
                .findFirst()
                .orElseThrow();
    }

    /// In each snapshot the image lies in another cluster, which tells who judged it.
    @Test
    void theNewestSnapshotThatDoesNotCoverAnImageJudgesIt() throws Exception {
        scoring.models.offer(TestModels.snapshot(1, 0, 0.8f, 0.0f, 0.1f), 1_000);
        scoring.models.offer(TestModels.snapshot(2, 2, 0.0f, 0.8f, 0.1f), 1_000);
        scoring.models.offer(TestModels.snapshot(3, 3, 0.0f, 0.1f, 0.8f), 1_000);
        for (int offset = 0; offset < 4; offset++) {
            send(200, "train", offset);
        }

        QualityPartial total = total();

        assertThat(List.of(
                        count(total, Slice.PREQUENTIAL, 0, 0),
                        count(total, Slice.PREQUENTIAL, 0, 1),
                        count(total, Slice.PREQUENTIAL, 1, 2),
                        count(total, Slice.PREQUENTIAL, 2, 3)))
                .containsExactly(1L, 1L, 1L, 1L);
        assertThat(images(total, Slice.PREQUENTIAL)).isEqualTo(4);
        assertThat(images(total, Slice.TRAINED)).isEqualTo(3);
        assertThat(count(total, Slice.TRAINED, 2, 0)).isEqualTo(1);
        assertThat(total.getSizesList()).containsExactly(0L, 0L, 4L);
        assertThat(total.getModelVersion()).isEqualTo(3);
    }

    @Test
    void withoutAnHonestJudgeAnImageDoesNotCount() throws Exception {
        scoring.models.offer(TestModels.snapshot(3, 9, 0, 0.5f, 1), 1_000);
        send(200, "train", 1);

        QualityPartial total = total();

        assertThat(images(total, Slice.PREQUENTIAL)).isZero();
        assertThat(images(total, Slice.TRAINED)).isEqualTo(1);
    }

    @Test
    void aLaterEpochHasNoHonestJudge() throws Exception {
        scoring.models.offer(TestModels.snapshot(3, 0, 0, 0.5f, 1), 1_000);
        scoring.send("x", 200, "label", "1", "epoch", "1");

        QualityPartial total = total();

        assertThat(images(total, Slice.PREQUENTIAL)).isZero();
        assertThat(images(total, Slice.TRAINED)).isEqualTo(1);
    }

    @Test
    void testImagesCountOnceWhateverTheSnapshotCovers() throws Exception {
        scoring.models.offer(TestModels.snapshot(1, 0, 0, 0.5f, 1), 1_000);
        scoring.models.offer(TestModels.snapshot(3, 9, 0, 0.5f, 1), 1_000);
        send(255, "test", 1);

        QualityPartial total = total();

        assertThat(count(total, Slice.TEST, 2, 1)).isEqualTo(1);
        assertThat(images(total, Slice.PREQUENTIAL) + images(total, Slice.TRAINED))
                .isZero();
    }

    @Test
    void everyFigureIsThatOfTheTablesByHand() throws Exception {
        scoring.models.offer(TestModels.snapshot(1, 0, 0, 0.5f, 1), 1_000);
        int[] greys = {0, 128, 255};
        long[][] train = new long[3][10];
        long[][] test = new long[3][10];
        Random random = new Random(7);
        for (int i = 0; i < 120; i++) {
            int cluster = random.nextInt(3);
            int label = random.nextBoolean() ? cluster : random.nextInt(10);
            boolean tested = i % 6 == 0;
            (tested ? test : train)[cluster][label]++;
            send(greys[cluster], tested ? "test" : "train", label);
        }

        QualityEvent event = scoring.measure().getLast();

        ContingencyTable trainTable = ContingencyTable.of(train);
        ContingencyTable testTable = ContingencyTable.of(test);
        for (String window : List.of("", "Window")) {
            assertQuality(event, "prequential" + window, Quality.of(trainTable));
            assertQuality(event, "test" + window, mapped(testTable, trainTable));
        }
        assertThat(event.value(named("trainedAccuracy"))).isEmpty();
        assertThat(event.value(named("trainedImages"))).hasValue(0);
        assertThat(event.value(named("images"))).hasValue(120);
        assertThat(event.at()).isEqualTo(Scoring.DUE.plusMillis(2_040));
        assertThat(scoring.meters
                        .get("weft.quality")
                        .tag("pipeline", PIPELINE)
                        .tag("figure", "prequentialNmi")
                        .gauge()
                        .value())
                .isEqualTo(event.value(named("prequentialNmi")).orElseThrow());
    }

    private static Quality mapped(ContingencyTable test, ContingencyTable train) {
        Quality own = Quality.of(test);
        return new Quality(
                own.images(),
                Quality.accuracy(test, train.majority()),
                Quality.accuracy(test, Quality.hungarianMapping(train)),
                own.homogeneity(),
                own.completeness(),
                own.vMeasure(),
                own.nmi(),
                own.ari());
    }

    private static void assertQuality(QualityEvent event, String prefix, Quality quality) {
        assertFigure(event, prefix + "Images", (double) quality.images());
        assertFigure(event, prefix + "Accuracy", quality.accuracy());
        assertFigure(event, prefix + "AccuracyHungarian", quality.accuracyHungarian());
        assertFigure(event, prefix + "Homogeneity", quality.homogeneity());
        assertFigure(event, prefix + "Completeness", quality.completeness());
        assertFigure(event, prefix + "VMeasure", quality.vMeasure());
        assertFigure(event, prefix + "Nmi", quality.nmi());
        assertFigure(event, prefix + "Ari", quality.ari());
    }

    private static void assertFigure(QualityEvent event, String name, double value) {
        assertThat(event.value(named(name)).orElseThrow()).as(name).isCloseTo(value, within(1e-12));
    }

    @Test
    void testAccuracyTakesItsClassesFromTrainImagesOfEitherKindOrIsAbsent() throws Exception {
        scoring.models.offer(TestModels.snapshot(3, 100, 0, 0.5f, 1), 1_000);
        send(255, "test", 4);
        assertThat(scoring.measure().getLast().value(named("testAccuracy"))).isEmpty();

        // Trained on, so that there is no prequential image.
        send(255, "train", 4);
        send(0, "train", 5);
        send(0, "test", 6);

        QualityEvent event = scoring.measure().getLast();
        assertThat(event.value(named("prequentialImages"))).hasValue(0);
        assertThat(event.value(named("testAccuracy"))).hasValue(0.5);
        assertThat(event.value(named("testAccuracyHungarian"))).hasValue(0.5);
    }

    @Test
    void theWindowLetsGoOfAHundredAtATime() throws Exception {
        scoring.models.offer(TestModels.snapshot(1, 0, 0, 0.5f, 1), 1_000);
        for (int i = 0; i < 100; i++) {
            send(0, "train", 0);
        }
        for (int i = 0; i < 101; i++) {
            send(0, "train", 1);
        }

        QualityEvent event = scoring.measure().getLast();

        assertThat(event.value(named("prequentialImages"))).hasValue(201);
        assertThat(event.value(named("prequentialAccuracy")).orElseThrow()).isCloseTo(101 / 201.0, within(1e-12));
        assertThat(event.value(named("prequentialWindowImages"))).hasValue(200);
        assertThat(event.value(named("prequentialWindowAccuracy")).orElseThrow())
                .isCloseTo(101 / 200.0, within(1e-12));
    }

    private static byte[] partial(int partition, int images, int label) {
        PipelineTally tally = new PipelineTally(PipelineName.parse(PIPELINE), 200);
        for (int i = 0; i < images; i++) {
            tally.assigned(7, new Assignment(1, 1, 0.5), Objective.INERTIA, 2);
            tally.judged(Slice.PREQUENTIAL, 1, label);
        }
        return tally.partial(partition, TestData.FASHION.classes()).toByteArray();
    }

    @Test
    void theMergeAddsPartitionsAndReplacesWhatAPartitionToldBefore() {
        scoring.partials.pipeInput(PIPELINE, partial(0, 3, 4));
        scoring.partials.pipeInput(PIPELINE, partial(1, 1, 5));
        assertMerged(4, 0.75);

        scoring.partials.pipeInput(PIPELINE, partial(0, 5, 4));
        assertMerged(6, 5 / 6.0);
        assertThat(scoring.measure()).isEmpty();
    }

    @Test
    void foreignRecordsAmongThePartialsArePassedOver() {
        scoring.partials.pipeInput(PIPELINE, new byte[] {1, 2, 3});
        scoring.partials.pipeInput(PIPELINE, new byte[0]);
        scoring.partials.pipeInput(new TestRecord<>(PIPELINE, null));
        scoring.partials.pipeInput(new TestRecord<>(null, partial(0, 3, 4)));
        scoring.partials.pipeInput("raw-kmeans-9", partial(0, 3, 4));
        assertThat(scoring.measure()).isEmpty();

        scoring.partials.pipeInput(PIPELINE, partial(0, 3, 4));
        assertMerged(3, 1);
    }

    /// The gauges of an instance that lost the merge must not stand still at old values.
    @Test
    void whoMergesNoLongerTellsNoFigures() throws Exception {
        scoring.models.offer(TestModels.snapshot(1, 0, 0, 0.5f, 1), 1_000);
        send(255, "train", 4);
        scoring.measure();
        assertThat(scoring.meters.find("weft.quality").gauges()).isNotEmpty();

        scoring.close();

        assertThat(scoring.meters.find("weft.quality").gauges()).isEmpty();
    }

    private void assertMerged(int images, double accuracy) {
        List<QualityEvent> events = scoring.measure();
        assertThat(events).hasSize(1);
        QualityEvent event = events.getFirst();
        assertThat(event.value(named("images"))).hasValue(images);
        assertThat(event.value(named("prequentialImages"))).hasValue(images);
        assertThat(event.value(named("prequentialAccuracy")).orElseThrow()).isCloseTo(accuracy, within(1e-12));
        assertThat(event.value(named("meanSquaredDistance"))).hasValue(2);
        assertThat(event.value(named("largestClusterShare"))).hasValue(1);
        assertThat(event.value(named("emptyClusters"))).hasValue(2);
    }
}
