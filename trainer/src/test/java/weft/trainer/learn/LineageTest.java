package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.PipelineName;
import weft.kafka.wire.StreamEvent.Kind;

class LineageTest {
    private static final PipelineName PIPELINE = PipelineName.parse("raw-kmeans-3");
    private final Lineage lineage = new Lineage(PIPELINE);

    @BeforeEach
    void begin() {
        lineage.begin(centroids(1));
    }

    @Test
    void clustersThatKeepTheirImagesAreWhatTheyWere() {
        int[] had = images(40, 40, 40);
        int[] has = had.clone();
        Arrays.fill(has, 0, 19, 1);

        assertThat(lineage.compare(had, has, centroids(2))).isEmpty();
        assertThat(lineage.generations()).containsExactly(0, 0, 0);
    }

    @Test
    void aClusterThatIsPutElsewhereDiesAndIsBorn() {
        int[] had = images(40, 100, 100);
        int[] has = had.clone();
        // Its images go to both others, and new ones come from both.
        Arrays.fill(has, 0, 19, 1);
        Arrays.fill(has, 19, 38, 2);
        Arrays.fill(has, 40, 60, 0);
        Arrays.fill(has, 140, 160, 0);

        List<Happening> events = lineage.compare(had, has, centroids(2));

        assertThat(events).extracting(Happening::kind).containsExactly(Kind.DEATH, Kind.BIRTH);
        assertThat(events.getFirst().pipeline()).contains(PIPELINE);
        assertThat(events.get(1).details())
                .containsEntry("cluster", 0)
                .containsEntry("generation", 1)
                .containsEntry("imagesBefore", 40)
                .containsEntry("imagesNow", 42)
                .containsEntry("centreBefore", List.of(1f, 1f))
                .containsEntry("centreNow", List.of(2f, 2f));
        assertThat(lineage.generations()).containsExactly(1, 0, 0);
    }

    @Test
    void aClusterThatAnotherTakesInAndThatThenHalvesAThirdIsAMergeAndASplit() {
        int[] had = images(40, 100, 100);
        int[] has = had.clone();
        Arrays.fill(has, 0, 40, 1);
        Arrays.fill(has, 140, 180, 0);

        List<Happening> events = lineage.compare(had, has, centroids(2));

        assertThat(events).extracting(Happening::kind).containsExactly(Kind.MERGE, Kind.SPLIT);
        assertThat(events.get(0).details()).containsEntry("into", 1).containsEntry("generation", 0);
        assertThat(events.get(1).details()).containsEntry("from", 2).containsEntry("generation", 1);
    }

    @Test
    void aClusterThatStarvesDiesAndComesBackAsAnother() {
        int[] had = images(40, 100, 100);
        int[] starved = had.clone();
        Arrays.fill(starved, 0, 20, 1);
        Arrays.fill(starved, 20, 40, 2);

        assertThat(lineage.compare(had, starved, centroids(2)))
                .extracting(Happening::kind)
                .contains(Kind.MERGE);
        assertThat(lineage.generations()).containsExactly(0, 0, 0);

        assertThat(lineage.compare(starved, had, centroids(3)))
                .extracting(Happening::kind)
                .containsExactly(Kind.SPLIT);
        assertThat(lineage.generations()).containsExactly(1, 0, 0);
    }

    @Test
    void aFewImagesTellNothing() {
        int[] had = images(9, 100, 100);
        int[] has = had.clone();
        Arrays.fill(has, 0, 9, 1);

        assertThat(lineage.compare(had, has, centroids(2))).isEmpty();
    }

    /// So many images of each cluster, one cluster after the other.
    private static int[] images(int... sizes) {
        int[] images = new int[Arrays.stream(sizes).sum()];
        int at = 0;
        for (int c = 0; c < sizes.length; c++) {
            Arrays.fill(images, at, at + sizes[c], c);
            at += sizes[c];
        }
        return images;
    }

    private static Centroids centroids(float value) {
        float[] values = new float[6];
        Arrays.fill(values, value);
        return new Centroids(Matrix.of(3, 2, values), false);
    }
}
