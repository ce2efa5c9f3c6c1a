package weft.scorer.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import weft.core.metric.ContingencyTable;
import weft.scorer.proto.QualityPartial;
import weft.scorer.proto.SliceCounts;
import weft.testing.TestData;

/// Counts of a release that knew ten classes only.
class TenClassesTest {
    private final Map<String, byte[]> store = new HashMap<>();

    @Test
    void storedCountsAreReadAndGoOn() {
        // Cluster 1, label 3, forty images, of which the window's chunk has two.
        store.put("L/13", ByteBuffer.allocate(8).putLong(40).array());
        store.put(
                "W/0",
                ByteBuffer.allocate(8 + 2 * 3)
                        .putLong(0)
                        .putShort((short) 1)
                        .put((byte) 3)
                        .putShort((short) 0)
                        .put((byte) 9)
                        .array());
        SliceTally slice = restored();
        assertThat(slice.lifetime().count(1, 3)).isEqualTo(40);
        assertThat(slice.window().count(1, 3)).isEqualTo(1);
        assertThat(slice.window().count(0, 9)).isEqualTo(1);

        slice.add(1, 3);
        slice.add(1, 11);
        slice.save((key, value) -> store.put(key.substring(2), value));

        SliceTally again = restored();
        assertThat(again.lifetime().count(1, 3)).isEqualTo(41);
        assertThat(again.lifetime().count(1, 11)).isEqualTo(1);
        assertThat(again.lifetime().total()).isEqualTo(42);
        assertThat(again.window()).isEqualTo(slice.window());
        assertThat(again.window().total()).isEqualTo(4);
    }

    private SliceTally restored() {
        SliceTally slice = new SliceTally(2, 500, "x/");
        new HashMap<>(store).forEach(slice::restore);
        return slice;
    }

    @Test
    void aTotalIsAddedToThoseOfThisRelease() {
        SliceCounts.Builder old = SliceCounts.newBuilder().setSlice("prequential");
        for (int cell = 0; cell < 20; cell++) {
            old.addLifetime(cell == 13 ? 5 : 0).addWindow(0);
        }
        QualityPartial then = QualityPartial.newBuilder()
                .setPipeline("raw-kmeans-2")
                .setClusters(2)
                .addSizes(0)
                .addSizes(5)
                .addSlices(old)
                .build();
        QualityPartial now = QualityPartial.newBuilder(then)
                .clearSlices()
                .addAllLabels(TestData.FASHION.classes())
                .addSlices(SliceCounts.newBuilder()
                        .setSlice("prequential")
                        .addGaps(13)
                        .addCellLifetime(2)
                        .addCellWindow(1))
                .build();
        assertThat(GlobalQuality.wellFormed(then)).isTrue();
        assertThat(GlobalQuality.wellFormed(now)).isTrue();

        GlobalQuality.Labelled sum =
                new GlobalQuality(TestData.FASHION.classes()).table(List.of(then, now), Slice.PREQUENTIAL, false);

        long[][] expected = new long[2][10];
        expected[1][3] = 7;
        assertThat(sum.table()).isEqualTo(ContingencyTable.of(expected));
        assertThat(sum.labels().get(3)).isEqualTo("Dress");
    }
}
