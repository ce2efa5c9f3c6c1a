package weft.scorer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static weft.kafka.wire.QualityFigures.named;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.metric.ContingencyTable;
import weft.core.model.Assignment;
import weft.core.model.Objective;
import weft.core.model.PipelineName;
import weft.kafka.wire.QualityEvent;
import weft.testing.TestData;

class PipelineTallyTest {
    private static final List<String> NAMES = TestData.FASHION.classes();
    private static final GlobalQuality QUALITY = new GlobalQuality(NAMES);

    private static final PipelineName PIPELINE = PipelineName.parse("raw-kmeans-3");
    private final Map<String, byte[]> store = new HashMap<>();

    private PipelineTally tally(int windowImages) {
        return new PipelineTally(PIPELINE, windowImages);
    }

    @Test
    void theWindowHoldsExactlyTheLatest() {
        SliceTally slice = new SliceTally(2, 300, "x/");
        for (int i = 0; i < 300; i++) {
            slice.add(0, 1);
        }
        assertThat(slice.window().count(0, 1)).isEqualTo(300);
        slice.add(1, 2);
        assertThat(slice.window().count(0, 1)).isEqualTo(299);
        assertThat(slice.window().count(1, 2)).isEqualTo(1);
        assertThat(slice.lifetime().count(0, 1)).isEqualTo(300);
        assertThat(slice.majority(0)).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            slice.add(1, 2);
        }
        assertThat(slice.window().count(0, 1)).isZero();
        assertThat(slice.majority(0)).isEqualTo(-1);
        assertThat(slice.window().total()).isEqualTo(300);
    }

    /// The shares of ten thousand images over 1, 3, 256 and more partitions than that.
    @ParameterizedTest
    @ValueSource(ints = {10_000, 3_333, 39, 1})
    void theWindowHoldsExactlyItsShare(int images) {
        SliceTally slice = new SliceTally(3, images, "x/");
        Random random = new Random(images);
        Deque<int[]> latest = new ArrayDeque<>();
        for (int i = 0; i < 2 * images + 150; i++) {
            int[] one = {random.nextInt(3), random.nextInt(10)};
            slice.add(one[0], one[1]);
            latest.add(one);
            if (latest.size() > images) {
                latest.remove();
            }
            if (random.nextInt(100) == 0) {
                slice.save(store::put);
            }
        }
        long[][] expected = new long[3][10];
        latest.forEach(one -> expected[one[0]][one[1]]++);

        assertThat(slice.window()).isEqualTo(ContingencyTable.of(expected));
        slice.save(store::put);
        SliceTally restored = new SliceTally(3, images, "x/");
        store.forEach((key, value) -> restored.restore(key.substring("x/".length()), value));
        assertThat(restored.window()).isEqualTo(slice.window());
    }

    @Test
    void whatTheStoreKeptRestoresEveryFigureAndGoesOn() {
        Random random = new Random(1);
        PipelineTally undisturbed = tally(500);
        for (int i = 0; i < 1_234; i++) {
            count(undisturbed, random);
        }
        PipelineTally restored = new PipelineTally(PIPELINE, 500);
        undisturbed.save(store::put);
        Map<String, byte[]> kept = new HashMap<>(store);
        kept.forEach((key, value) -> assertThat(restored.restore(key, value)).isTrue());
        assertThat(restored.restore("raw-kmeans-30/S", new byte[32])).isFalse();
        assertThat(restored.partial(0, NAMES)).isEqualTo(undisturbed.partial(0, NAMES));
        Random one = new Random(2);
        Random two = new Random(2);
        for (int i = 0; i < 777; i++) {
            count(undisturbed, one);
            count(restored, two);
        }
        assertThat(restored.partial(0, NAMES)).isEqualTo(undisturbed.partial(0, NAMES));
    }

    @Test
    void whatChangedIsWrittenOnceAndNotAgain() {
        PipelineTally tally = tally(500);
        List<String> written = new ArrayList<>();
        tally.save((key, _) -> written.add(key));
        assertThat(written).isEmpty();

        for (int i = 0; i < 250; i++) {
            tally.assigned(1, new Assignment(1, 1, 2), Objective.INERTIA, 1);
            tally.judged(Slice.TEST, 1, 7);
        }
        tally.save((key, _) -> written.add(key));
        assertThat(written)
                .containsExactlyInAnyOrder(
                        "raw-kmeans-3/S",
                        "raw-kmeans-3/C/1",
                        "raw-kmeans-3/test/N/1/7",
                        "raw-kmeans-3/test/V/0",
                        "raw-kmeans-3/test/V/1",
                        "raw-kmeans-3/test/V/2");

        written.clear();
        tally.save((key, _) -> written.add(key));
        assertThat(written).isEmpty();
        tally.judged(Slice.TEST, 2, 7);
        tally.save((key, _) -> written.add(key));
        assertThat(written).containsExactlyInAnyOrder("raw-kmeans-3/test/N/2/7", "raw-kmeans-3/test/V/2");
    }

    private static void count(PipelineTally tally, Random random) {
        Assignment assignment = new Assignment(random.nextInt(3), random.nextDouble(), random.nextDouble());
        tally.assigned(random.nextInt(1_000), assignment, Objective.INERTIA, random.nextDouble());
        Slice slice = List.of(Slice.PREQUENTIAL, Slice.TRAINED, Slice.TEST).get(random.nextInt(3));
        tally.judged(slice, assignment.cluster(), random.nextInt(10));
    }

    /// Stored chunks of another window's size: the newest stay, whatever place they had.
    @Test
    void theWindowMayHaveAnotherSizeAfterARestart() {
        SliceTally slice = new SliceTally(2, 500, "raw/");
        for (int i = 0; i < 1_250; i++) {
            slice.add(i / 100 % 2, i / 100 % 10);
            slice.save(store::put);
        }

        for (int images : new int[] {100, 300, 500, 800}) {
            Map<String, byte[]> kept = new HashMap<>(store);
            SliceTally other = new SliceTally(2, images, "raw/");
            new HashMap<>(kept).forEach((key, value) -> other.restore(key.substring("raw/".length()), value));

            assertThat(other.lifetime()).isEqualTo(slice.lifetime());
            assertThat(other.window().total()).isEqualTo(images);
            assertThat(other.window().count(0, 2)).isEqualTo(50);
            for (int i = 0; i < 50; i++) {
                other.add(0, 2);
            }
            other.save(kept::put);
            SliceTally again = new SliceTally(2, images, "raw/");
            kept.forEach((key, value) -> again.restore(key.substring("raw/".length()), value));
            assertThat(again.window()).isEqualTo(other.window());
            assertThat(again.window().total()).isEqualTo(images);
        }
    }

    @Test
    void theSimplifiedSilhouetteIsThatOfTheDistances() {
        PipelineTally tally = tally(100);
        // (3 − 1) / 3 and (5 − 4) / 5; an image on two centroids at once has none.
        tally.assigned(1, new Assignment(0, 1, 2), Objective.INERTIA, 1);
        tally.assigned(1, new Assignment(0, 4, 1), Objective.INERTIA, 16);
        tally.assigned(1, new Assignment(0, 0, 0), Objective.INERTIA, 0);

        QualityEvent event = QUALITY.of(List.of(tally.partial(0, NAMES)), Instant.EPOCH);

        assertThat(event.value(named("simplifiedSilhouette")).orElseThrow())
                .isCloseTo((2 / 3.0 + 0.2) / 3, within(1e-12));
    }

    @Test
    void everyFigureIsDocumented() throws IOException {
        String docs = Files.readString(Path.of("../docs/quality.md"));
        PipelineTally tally = tally(100);
        PipelineTally mixture = new PipelineTally(PipelineName.parse("ae-gmm-3"), 100);
        for (PipelineTally one : List.of(tally, mixture)) {
            one.assigned(1, new Assignment(0, 1, 2), one == mixture ? Objective.LOG_LIKELIHOOD : Objective.INERTIA, 1);
            for (Slice slice : Slice.values()) {
                one.judged(slice, 0, 1);
                one.judged(slice, 1, 2);
            }
            QUALITY.of(List.of(one.partial(0, NAMES)), Instant.EPOCH)
                    .figures()
                    .forEach(measured -> assertThat(docs)
                            .as(measured.name())
                            .contains("`"
                                    + measured.name().replaceFirst("^(prequential|trained|test)(Window)?(?=[A-Z])", "")
                                    + "`"));
        }
    }

    @Test
    void aMixtureHasNoSilhouette() {
        PipelineTally tally = new PipelineTally(PipelineName.parse("ae-gmm-3"), 100);
        tally.assigned(1, new Assignment(0, 0.9, 0.85), Objective.LOG_LIKELIHOOD, -3);

        QualityEvent event = QUALITY.of(List.of(tally.partial(0, NAMES)), Instant.EPOCH);

        assertThat(event.value(named("simplifiedSilhouette"))).isEmpty();
        assertThat(event.value(named("meanLogLikelihood"))).hasValue(-3);
        assertThat(event.value(named("meanMargin")).orElseThrow()).isEqualTo(0.85);
    }

    @Test
    void theTotalsOfTwoTasksAddUp() {
        PipelineTally first = tally(10_000);
        PipelineTally second = tally(10_000);
        first.assigned(5, new Assignment(0, 1, 0.5), Objective.INERTIA, 4.0);
        first.judged(Slice.PREQUENTIAL, 0, 1);
        second.assigned(7, new Assignment(2, 1, 1.5), Objective.INERTIA, 8.0);
        second.judged(Slice.PREQUENTIAL, 2, 2);
        second.assigned(6, new Assignment(2, 1, 1.0), Objective.INERTIA, 0.0);
        second.judged(Slice.PREQUENTIAL, 2, 3);
        QualityEvent event = QUALITY.of(List.of(first.partial(0, NAMES), second.partial(1, NAMES)), Instant.EPOCH);
        assertThat(event.modelVersion()).isEqualTo(7);
        assertThat(event.value(named("images"))).hasValue(3);
        assertThat(event.value(named("meanSquaredDistance"))).hasValue(4);
        assertThat(event.value(named("meanMargin"))).hasValue(1);
        assertThat(event.value(named("emptyClusters"))).hasValue(1);
        assertThat(event.value(named("prequentialAccuracy")).orElseThrow()).isEqualTo(2 / 3.0);
        assertThat(event.value(named("testAccuracy"))).isEmpty();
    }
}
