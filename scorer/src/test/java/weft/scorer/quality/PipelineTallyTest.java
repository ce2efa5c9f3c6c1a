package weft.scorer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weft.core.model.Assignment;
import weft.core.model.PipelineName;
import weft.core.wire.QualityEvent;

class PipelineTallyTest {
    private static final PipelineName PIPELINE = PipelineName.parse("raw-kmeans-3");
    private final Map<String, byte[]> store = new HashMap<>();

    private PipelineTally tally(int windowImages) {
        return new PipelineTally(PIPELINE, windowImages, store::put);
    }

    @Test
    void theWindowForgetsInChunksOfAHundred() {
        SliceTally slice = new SliceTally(2, 3, "x/", store::put);
        for (int i = 0; i < 300; i++) {
            slice.add(0, 1);
        }
        assertThat(slice.window().count(0, 1)).isEqualTo(300);
        slice.add(1, 2);
        assertThat(slice.window().count(0, 1)).isEqualTo(200);
        assertThat(slice.window().count(1, 2)).isEqualTo(1);
        assertThat(slice.lifetime().count(0, 1)).isEqualTo(300);
        assertThat(slice.majority(0)).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            slice.add(1, 2);
        }
        assertThat(slice.window().count(0, 1)).isZero();
        assertThat(slice.majority(0)).isEqualTo(-1);
        assertThat(slice.window().total()).isBetween(200L, 300L);
    }

    @Test
    void whatTheStoreKeptRestoresEveryFigureAndGoesOn() {
        Random random = new Random(1);
        PipelineTally undisturbed = tally(500);
        for (int i = 0; i < 1_234; i++) {
            count(undisturbed, random);
        }
        PipelineTally restored = new PipelineTally(PIPELINE, 500, new HashMap<String, byte[]>()::put);
        Map<String, byte[]> kept = new HashMap<>(store);
        kept.forEach((key, value) -> assertThat(restored.restore(key, value)).isTrue());
        assertThat(restored.restore("raw-kmeans-30/S", new byte[32])).isFalse();
        assertThat(restored.partial(0)).isEqualTo(undisturbed.partial(0));
        Random one = new Random(2);
        Random two = new Random(2);
        for (int i = 0; i < 777; i++) {
            count(undisturbed, one);
            count(restored, two);
        }
        assertThat(restored.partial(0)).isEqualTo(undisturbed.partial(0));
    }

    private static void count(PipelineTally tally, Random random) {
        Assignment assignment = new Assignment(random.nextInt(3), random.nextDouble(), random.nextDouble());
        tally.assigned(random.nextInt(1_000), assignment, random.nextDouble());
        Slice slice = List.of(Slice.PREQUENTIAL, Slice.TRAINED, Slice.TEST).get(random.nextInt(3));
        tally.judged(slice, assignment.cluster(), random.nextInt(10));
    }

    /// Stored chunks of another window's size: the newest stay, whatever place they had.
    @Test
    void theWindowMayHaveAnotherSizeAfterARestart() {
        SliceTally slice = new SliceTally(2, 5, "raw/", store::put);
        for (int i = 0; i < 1_250; i++) {
            slice.add(i / 100 % 2, i / 100 % 10);
        }

        for (int chunks : new int[] {1, 3, 5, 8}) {
            Map<String, byte[]> kept = new HashMap<>(store);
            SliceTally other = new SliceTally(2, chunks, "raw/", kept::put);
            new HashMap<>(kept).forEach((key, value) -> other.restore(key.substring("raw/".length()), value));

            int full = chunks - 1;
            assertThat(other.lifetime()).isEqualTo(slice.lifetime());
            assertThat(other.window().total()).isEqualTo(full * 100 + 50);
            assertThat(other.window().count(0, 2)).isEqualTo(50);
            for (int i = 0; i < 50; i++) {
                other.add(0, 2);
            }
            SliceTally again = new SliceTally(2, chunks, "raw/", (_, _) -> {});
            kept.forEach((key, value) -> again.restore(key.substring("raw/".length()), value));
            assertThat(again.window()).isEqualTo(other.window());
            assertThat(again.window().total()).isEqualTo(full * 100 + 100);
        }
    }

    @Test
    void theSimplifiedSilhouetteIsThatOfTheDistances() {
        PipelineTally tally = tally(100);
        // (3 − 1) / 3 and (5 − 4) / 5; an image on two centroids at once has none.
        tally.assigned(1, new Assignment(0, 1, 2), 1);
        tally.assigned(1, new Assignment(0, 4, 1), 16);
        tally.assigned(1, new Assignment(0, 0, 0), 0);

        QualityEvent event = GlobalQuality.of(List.of(tally.partial(0)), Instant.EPOCH);

        assertThat(event.figure("simplifiedSilhouette").orElseThrow()).isCloseTo((2 / 3.0 + 0.2) / 3, within(1e-12));
    }

    @Test
    void aMixtureHasNoSilhouette() {
        PipelineTally tally = new PipelineTally(PipelineName.parse("ae-gmm-3"), 100, store::put);
        tally.assigned(1, new Assignment(0, 0.9, 0.85), -3);

        QualityEvent event = GlobalQuality.of(List.of(tally.partial(0)), Instant.EPOCH);

        assertThat(event.figure("simplifiedSilhouette")).isEmpty();
        assertThat(event.figure("meanLogLikelihood")).hasValue(-3);
        assertThat(event.figure("meanMargin").orElseThrow()).isEqualTo(0.85);
    }

    @Test
    void theTotalsOfTwoTasksAddUp() {
        PipelineTally first = tally(10_000);
        PipelineTally second = tally(10_000);
        first.assigned(5, new Assignment(0, 1, 0.5), 4.0);
        first.judged(Slice.PREQUENTIAL, 0, 1);
        second.assigned(7, new Assignment(2, 1, 1.5), 8.0);
        second.judged(Slice.PREQUENTIAL, 2, 2);
        second.assigned(6, new Assignment(2, 1, 1.0), 0.0);
        second.judged(Slice.PREQUENTIAL, 2, 3);
        QualityEvent event = GlobalQuality.of(List.of(first.partial(0), second.partial(1)), Instant.EPOCH);
        assertThat(event.modelVersion()).isEqualTo(7);
        assertThat(event.figure("images")).hasValue(3);
        assertThat(event.figure("meanSquaredDistance")).hasValue(4);
        assertThat(event.figure("meanMargin")).hasValue(1);
        assertThat(event.figure("emptyClusters")).hasValue(1);
        assertThat(event.figure("prequentialAccuracy").orElseThrow()).isEqualTo(2 / 3.0);
        assertThat(event.figure("testAccuracy")).isEmpty();
    }
}
