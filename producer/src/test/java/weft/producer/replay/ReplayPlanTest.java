package weft.producer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Split;
import weft.producer.dataset.DataFolder;
import weft.producer.dataset.IdxFixture;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.ReplayPlan.Item;

class ReplayPlanTest {
    private static final int TRAIN = 60;
    private static final int TEST = 10;

    @TempDir
    private Path folder;

    private LabelledImages data;

    @BeforeEach
    void writeDataset() throws Exception {
        IdxFixture.write(folder, labels(TRAIN), labels(TEST));
        data = DataFolder.of(folder).read();
    }

    private static int[] labels(int count) {
        return IntStream.range(0, count).map(i -> (7 * i) % 10).toArray();
    }

    @Test
    void everyImageComesOnceInEveryOrder() {
        for (Order order : Order.values()) {
            List<Item> epoch = ReplayPlan.of(order, 1, 0, data).epoch(0, data);
            assertThat(epoch).hasSize(TRAIN + TEST).doesNotHaveDuplicates();
        }
    }

    @Test
    void testImagesAreInterleavedInProportion() {
        List<Item> epoch = ReplayPlan.of(Order.SHUFFLED, 1, 0, data).epoch(0, data);
        for (int i = 0; i < epoch.size(); i++) {
            assertThat(epoch.get(i).split() == Split.TEST).isEqualTo(i % 7 == 6);
        }
    }

    @Test
    void fileOrderKeepsTheFilesAndByClassSortsThem() {
        assertThat(ids(ReplayPlan.of(Order.FILE, 1, 0, data), 0))
                .startsWith("train-00000", "train-00001", "train-00002", "train-00003", "train-00004", "train-00005")
                .endsWith("train-00059", "test-00009");
        List<Integer> labels = ReplayPlan.of(Order.BY_CLASS, 1, 0, data).epoch(0, data).stream()
                .filter(item -> item.split() == Split.TRAIN)
                .map(item ->
                        Integer.valueOf(data.label(item.split(), item.index()).orElseThrow()))
                .toList();
        assertThat(labels).isSorted();
    }

    @Test
    void shufflingRepeatsWithTheSeedAndDiffersBetweenEpochsAndSeeds() {
        ReplayPlan plan = ReplayPlan.of(Order.SHUFFLED, 1, 0, data);
        assertThat(ids(plan, 0)).isEqualTo(ids(ReplayPlan.of(Order.SHUFFLED, 1, 0, data), 0));
        assertThat(ids(plan, 1)).isNotEqualTo(ids(plan, 0)).containsExactlyInAnyOrderElementsOf(ids(plan, 0));
        assertThat(ids(ReplayPlan.of(Order.SHUFFLED, 2, 0, data), 0)).isNotEqualTo(ids(plan, 0));
    }

    @Test
    void theChecksumIsOfTheImagesThatAreSentAndOfTheirLabels(@TempDir Path other) throws Exception {
        String all = ReplayPlan.of(Order.FILE, 1, 0, data).data();
        assertThat(all)
                .matches("[0-9a-f]{8}")
                .isEqualTo(ReplayPlan.of(Order.SHUFFLED, 2, 0, data).data());
        assertThat(ReplayPlan.of(Order.FILE, 1, 14, data).data()).isNotEqualTo(all);

        int[] labels = labels(TRAIN);
        labels[TRAIN - 1] = (labels[TRAIN - 1] + 1) % 10;
        IdxFixture.write(other, labels, labels(TEST));
        LabelledImages oneLabelMoved = DataFolder.of(other).read();
        assertThat(ReplayPlan.of(Order.FILE, 1, 0, oneLabelMoved).data()).isNotEqualTo(all);
        assertThat(ReplayPlan.of(Order.FILE, 1, 14, oneLabelMoved).data())
                .as("the one is not among the first")
                .isEqualTo(ReplayPlan.of(Order.FILE, 1, 14, data).data());
    }

    @Test
    void aLimitKeepsTheProportionAndIsPartOfTheFingerprint() {
        ReplayPlan plan = ReplayPlan.of(Order.SHUFFLED, 1, 14, data);
        assertThat(plan.train()).isEqualTo(12);
        assertThat(plan.test()).isEqualTo(2);
        assertThat(plan.fingerprint(3)).isEqualTo("shuffled/1/12+2/" + plan.data() + "/3");
        assertThat(plan.epoch(0, data)).hasSize(14).allMatch(item -> item.index() < 12);
        assertThatThrownBy(() -> ReplayPlan.of(Order.FILE, 1, -1, data)).hasMessage("limit must be at least 0, not -1");
    }

    private List<String> ids(ReplayPlan plan, int epoch) {
        return plan.epoch(epoch, data).stream().map(Item::id).toList();
    }
}
